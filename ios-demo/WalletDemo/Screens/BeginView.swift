import SwiftUI

struct BeginView: View {
    @Environment(Model.self) private var model
    @State private var pin = TypedTwice.pin

    var body: some View {
        Page(Text("begin_title"), isBusy: model.begin.work.isBusy) {
            if model.begin.isBrokenOff {
                Notice(tone: .warning, heading: Text("begin_broken_off"), about: Text("begin_broken_off_about"))
            }
            Text("begin_about").foregroundStyle(Palette.ink)
            Heading(words: Text("language"))
            LanguageChoice()
            WideButton("restore_title", .quiet) { model.transfer.open(.restore) }
                .disabled(model.begin.work.isBusy)
            Heading(words: Text("pin_choose"))
            NewPinFields(pin: $pin, refused: model.begin.refused)
            Problem(model.begin.work.failure)
        } foot: {
            WideButton("begin_make") { await model.begin.choose(pin) }
                .disabled(model.begin.work.isBusy)
        }
    }
}

/// Each language in its own words, so that whoever cannot read the present one finds theirs.
struct LanguageChoice: View {
    @Environment(Model.self) private var model

    var body: some View {
        OneOf(options: Preferences.languages, chosen: model.preferences.language) { language in
            let locale = Locale(identifier: language)
            return Text(verbatim: (locale.localizedString(forLanguageCode: language) ?? language).capitalized(with: locale))
        } choose: { language in
            model.preferences.choose(language: language)
        }
    }
}

/// A new PIN, typed twice.
struct NewPinFields: View {
    @Binding var pin: TypedTwice
    let refused: TypedTwice.Refused?

    var body: some View {
        Note(words: Text("pin_rule"))
        Field("pin_new", .pin, text: $pin.text)
        Field("pin_again", .pin, text: $pin.again)
        switch refused {
        case .tooShort: Mistake(words: Text("pin_too_short"))
        case .different: Mistake(words: Text("pin_different"))
        case nil: EmptyView()
        }
    }
}
