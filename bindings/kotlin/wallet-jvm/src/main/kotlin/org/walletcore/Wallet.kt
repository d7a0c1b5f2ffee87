package org.walletcore

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.withContext

/**
 * A citizen's wallet. It is opened locked; everything but unlocking needs it unlocked.
 *
 * Methods that suspend do their work on the wallet's own threads, never on the caller's; those that do not return at once.
 * All may be called from any thread, and several at once. A coroutine that is cancelled stops what the wallet does for it,
 * as if the app had ended there: the vault is whole.
 *
 * Secrets are byte arrays. Each is wiped when the call that takes it ends, whatever came of it.
 *
 * Two ways to end it: [closeVault] returns when everything is in the file; [close] lets go of it at once, which loses
 * nothing either, but an open file may then be tidied up only by the next start.
 */
class Wallet internal constructor(private val core: CoreWallet, private val changes: Changes) :
    CoreWalletInterface by core, AutoCloseable {

    /** What the wallet holds: now, and again after each change. `null` while it is locked. Completes when it is closed. */
    val credentialLists: Flow<CredentialList?> = changes.credentials { unlessLocked { core.credentials() } }

    /** The history: now, and again after each change. `null` while it is locked. Completes when it is closed. */
    val histories: Flow<History?> = changes.history { unlessLocked { core.history() } }

    /** Whether it is unlocked: now, and again after each change. Completes when it is closed. */
    val lockStates: Flow<Boolean> = changes.lock { core.isUnlocked() }

    /**
     * One element for each time that something changed since the element before; many changes may be one element. Changes
     * in another process are not among them. Completes when the wallet is closed.
     */
    fun changes(of: WalletEvent): Flow<WalletEvent> = changes.of(of)

    override suspend fun unlock(with: Unlock, prompt: String) = wiping(with.secret) {
        core.unlock(with, prompt)
        changes.unlocked()
    }

    override suspend fun setGuard(authority: Unlock, new: NewUnlock, prompt: String) =
        wiping(authority.secret, new.secret) {
            core.setGuard(authority, new, prompt)
            changes.unlocked()
        }

    override suspend fun removeGuard(authority: Unlock, kind: GuardKind, prompt: String) = wiping(authority.secret) {
        core.removeGuard(authority, kind, prompt)
        changes.unlocked()
    }

    override suspend fun makeRecoveryKey(authority: Unlock, prompt: String): RecoveryKey = wiping(authority.secret) {
        core.makeRecoveryKey(authority, prompt).also { changes.unlocked() }
    }

    override suspend fun exportBackupTo(passphrase: ByteArray, sink: BackupSink): BackedUp =
        wiping(passphrase) { core.exportBackupTo(passphrase, sink) }

    override suspend fun exportMigration(passphrase: ByteArray): MovedOut =
        wiping(passphrase) { core.exportMigration(passphrase) }

    override suspend fun importMigration(`object`: ByteArray, passphrase: ByteArray): MovedIn =
        wiping(passphrase) { core.importMigration(`object`, passphrase) }

    override suspend fun closeVault() {
        core.closeVault()
        changes.closed()
    }

    /** Locks and lets go. Every later call is an `IllegalStateException`; closing twice is none. */
    override fun close() {
        changes.closed()
        core.close()
    }

    companion object {
        /**
         * Makes a new wallet behind a passphrase (UTF-8, at least 8 characters) and leaves it unlocked.
         *
         * @throws WalletException [Code.VAULT_EXISTS], [Code.PASSPHRASE_TOO_SHORT], [Code.STORAGE_FAILED]
         */
        suspend fun create(settings: Settings, passphrase: ByteArray): Wallet =
            wiping(passphrase) { observed(settings) { CoreWallet.create(it, passphrase) } }

        /**
         * Makes a new wallet behind a recovery key and leaves it unlocked. For a phone, where a PIN or biometrics come next
         * ([setGuard]) and the key is what the citizen writes down.
         *
         * @throws WalletException [Code.VAULT_EXISTS], [Code.STORAGE_FAILED]
         */
        suspend fun create(settings: Settings, recoveryKey: RecoveryKey): Wallet =
            observed(settings) { CoreWallet.createWithRecoveryKey(it, recoveryKey) }

        /**
         * Opens an existing wallet, locked.
         *
         * @throws WalletException [Code.VAULT_MISSING], [Code.VAULT_UNREADABLE], [Code.VAULT_NEWER]
         */
        suspend fun open(settings: Settings): Wallet = observed(settings) { CoreWallet.open(it) }

        /**
         * Makes a new wallet, behind `passphrase`, from a backup behind `backupPassphrase`, and leaves it unlocked.
         *
         * @throws WalletException [Code.VAULT_EXISTS]; [Code.BACKUP_UNREADABLE], [Code.BACKUP_NEWER],
         *   [Code.BACKUP_PASSPHRASE_WRONG], [Code.BACKUP_DAMAGED]; then there is no new wallet
         */
        suspend fun restore(
            settings: Settings,
            passphrase: ByteArray,
            source: BackupSource,
            backupPassphrase: ByteArray,
        ): Pair<Wallet, Restored> = wiping(passphrase, backupPassphrase) {
            lateinit var restored: Restored
            val wallet = observed(settings) {
                restoreWallet(it, passphrase, source, backupPassphrase).let { made ->
                    restored = made.restored
                    made.wallet
                }
            }
            wallet to restored
        }

        /** Off the caller's thread: the first call of all loads the library. */
        private suspend fun observed(settings: Settings, make: suspend (Settings) -> CoreWallet): Wallet {
            val changes = Changes(settings.ports.events)
            val heard = settings.copy(ports = settings.ports.copy(events = changes))
            return withContext(Dispatchers.IO) { Wallet(make(heard), changes) }
        }
    }
}
