import Foundation
import Observation
import WalletCore

/// Taking the wallet along: a backup of everything, and the list of what to ask for again in another wallet.
@MainActor @Observable final class TransferPresenter {
    enum State: Equatable {
        case nothing
        case refused(TypedTwice.Refused)
        /// How many documents are in the file, and how many have to be asked for again.
        case saved(documents: Int, staying: Int)
        case tookOver(documents: Int)
    }

    /// In bytes. A list names documents and holds none.
    private static let largestList = 4 << 20

    private(set) var state = State.nothing
    private(set) var refused: TypedTwice.Refused?
    let work = Work()

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let newKey: NewKeyPresenter
    @ObservationIgnored private let files: PickedFiles
    @ObservationIgnored private let words: any Words

    /// Told when there is a wallet.
    @ObservationIgnored var made: (@MainActor (Wallet) -> Void)?
    /// Told when its recovery key is confirmed.
    @ObservationIgnored var begun: (@MainActor () async throws -> Void)?

    init(session: Session, navigator: Navigator, newKey: NewKeyPresenter, files: PickedFiles, words: any Words) {
        (self.session, self.navigator, self.newKey) = (session, navigator, newKey)
        (self.files, self.words) = (files, words)
    }

    func open(_ screen: Screen) {
        work.clear()
        (state, refused) = (.nothing, nil)
        navigator.push(screen)
    }

    /// Everything, encrypted under a passphrase.
    func backUp(_ passphrase: TypedTwice) async {
        await save(passphrase, named: words.text("backup_file")) { wallet, secret in
            let backup = CollectedBackup()
            let done = try await wallet.exportBackup(passphrase: secret, to: backup)
            return (backup.bytes, .saved(documents: Int(done.credentials), staying: Int(done.keysStay)))
        }
    }

    /// What to ask for again elsewhere, and the history; no key and no claim (EUDI TS10).
    func moveOut(_ passphrase: TypedTwice) async {
        await save(passphrase, named: words.text("move_file")) { wallet, secret in
            let out = try await wallet.exportMigration(passphrase: secret)
            return (Data(out.object.utf8), .saved(documents: Int(out.credentials), staying: Int(out.leftOut)))
        }
    }

    private func save(
        _ passphrase: TypedTwice, named name: String,
        _ make: @MainActor (Wallet, Secret) async throws -> (Data, State)
    ) async {
        state = passphrase.refused.map { .refused($0) } ?? .nothing
        guard state == .nothing else { return }
        await work.run {
            let (bytes, done) = try await make(session.present(), Secret(passphrase.text))
            if try await files.save(bytes, named: name) { state = done }
        }
    }

    /// Takes over the list of another wallet.
    func moveIn(_ passphrase: String) async {
        state = .nothing
        await work.run {
            guard let list = try await files.open({ try Self.list($0) }) else { return }
            let done = try await session.present().importMigration(list, passphrase: Secret(passphrase))
            state = .tookOver(documents: Int(done.credentials))
        }
    }

    /// The whole file, if it is no larger than a list can be.
    private static func list(_ file: FileHandle) throws -> Data {
        let bytes = try file.read(upToCount: largestList + 1) ?? Data()
        guard bytes.count <= largestList else {
            throw WalletError.Refused(
                fault: Fault(code: .backupTooLarge, place: nil, httpStatus: nil, attemptsLeft: nil, retryAt: nil))
        }
        return bytes
    }

    /// Makes the wallet of this phone from a backup.
    func restore(_ passphrase: String, pin: TypedTwice) async {
        refused = pin.refused
        guard refused == nil else { return }
        await work.run {
            let key = try await files.open {
                try await session.restore(
                    from: BackupFile($0), passphrase: Secret(passphrase), pin: Secret(pin.text), prompt: words.setPin)
            }
            guard let key else { return }
            try newKey.show(key) { [weak self] in try await self?.begun?() }
            made?(try await session.present())
        }
    }
}
