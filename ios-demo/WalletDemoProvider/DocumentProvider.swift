// iOS 26. An older SDK has no such extension, and this target then nothing to build.
#if canImport(IdentityDocumentServices) && canImport(IdentityDocumentServicesUI)
    import ExtensionKit
    import IdentityDocumentServices
    import IdentityDocumentServicesUI
    import SwiftUI
    import WalletCore

    /// The wallet among those that the system offers when a website asks for documents (Digital Credentials API,
    /// ISO/IEC TS 18013-7 Annex C).
    @main struct DocumentProvider: IdentityDocumentProvider {
        var body: some IdentityDocumentRequestScene {
            ISO18013MobileDocumentRequestScene { context in
                WebsiteRequestView(host: context.requestingWebsiteOrigin?.host(), documents: documents(context.request)) {
                    context.cancel()
                }
            }
        }

        /// Each document that could answer, once.
        private func documents(_ request: ISO18013MobileDocumentRequest) -> [WebsiteRequestView.Document] {
            var found: [WebsiteRequestView.Document] = []
            for asked in request.presentmentRequests.flatMap(\.documentRequestSets).flatMap(\.requests) {
                let claims = asked.namespaces.sorted { $0.key < $1.key }.flatMap { namespace, elements in
                    elements.keys.sorted().map { [Step.key(namespace), Step.key($0)] }
                }
                let document = WebsiteRequestView.Document(type: asked.documentType, claims: claims)
                if !found.contains(document) { found.append(document) }
            }
            return found
        }

        /// What the wallet cannot answer it does not offer: nobody is to choose it in vain.
        func performRegistrationUpdates() async {
            let store = IdentityDocumentProviderRegistrationStore()
            for registration in (try? await store.registrations) ?? [] {
                guard let document = registration.documentIdentifier else { continue }
                try? await store.removeRegistration(forDocumentIdentifier: document)
            }
        }
    }
#endif
