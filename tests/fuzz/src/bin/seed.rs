//! Makes inputs to begin with: `seed CORPUS [VECTORS]` fills a folder for each target.

use std::path::Path;

use wallet_core::crypto::hash::sha256;
use wallet_fuzz::target::SEEDS;
use wallet_fuzz::vectors::Vectors;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let corpus = arguments.next().unwrap_or_else(|| "corpus".into());
    let vectors = arguments.next().map(|folder| Vectors::load(Path::new(&folder))).unwrap_or_default();
    for (target, seeds) in SEEDS {
        let folder = Path::new(&corpus).join(target);
        std::fs::create_dir_all(&folder)?;
        for seed in seeds(&vectors) {
            let name: String = sha256(&seed).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            std::fs::write(folder.join(format!("seed-{name}")), seed)?;
        }
    }
    Ok(())
}
