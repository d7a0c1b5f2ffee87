import Observation

/// Which screens are open, the one that is seen last.
@MainActor @Observable final class Navigator {
    private(set) var screens: [Screen] = [.starting] {
        didSet { changed?(oldValue[oldValue.count - 1]) }
    }

    /// Told of each change, after it, with the screen that was seen before.
    @ObservationIgnored var changed: (@MainActor (Screen) -> Void)?

    var current: Screen { screens[screens.count - 1] }

    /// Opens a screen over the one that is seen.
    func push(_ screen: Screen) {
        if current != screen { screens.append(screen) }
    }

    /// Begins anew with this screen.
    func start(_ screen: Screen) {
        screens = [screen]
    }

    /// Goes back one screen, if there is one to go back to.
    func back() {
        if screens.count > 1 { screens.removeLast() }
    }
}
