@_exported import WalletCoreBindings
