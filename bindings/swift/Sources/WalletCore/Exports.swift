// What is generated from the core is part of the library: records, enums, errors, ports, and `Claim`, `Consent` and
// `RecoveryKey`. `Wallet`, `Offer`, `Preview`, `PresentationRequest`, `Incoming`, `Unlock` and `NewUnlock` are this module's
// own, in place of the generated ones.
@_exported import WalletCoreBindings
