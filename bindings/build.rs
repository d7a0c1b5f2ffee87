//! How the library is linked.

fn main() {
    let system = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if !["android", "linux"].contains(&system.as_str()) {
        return;
    }
    let options = [
        // Android 15 has phones with memory pages of 16 KB; a library that is not aligned to them does not load there.
        "-z,max-page-size=16384",
        // Functions with the same code are one.
        "--icf=safe",
    ];
    for option in options {
        println!("cargo:rustc-cdylib-link-arg=-Wl,{option}");
    }
}
