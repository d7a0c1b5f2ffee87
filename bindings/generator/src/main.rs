//! Writes the Kotlin and Swift that call the library: `generator generate LIBRARY --language kotlin --out-dir FOLDER`.
fn main() {
    uniffi::uniffi_bindgen_main()
}
