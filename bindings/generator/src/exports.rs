//! Checks what the library exports: `exports LIBRARY`.
//!
//! Each function must return a result. UniFFI turns a panic into an error only where the other language expects one; anywhere
//! else it ends the app, and so does what a port throws (docs/decisions/0011).

use std::process::ExitCode;

use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::Metadata;

fn main() -> ExitCode {
    let Some(library) = std::env::args().nth(1) else {
        eprintln!("exports LIBRARY: checks that every function which LIBRARY exports returns a result");
        return ExitCode::from(2);
    };
    let exported = match extract_from_library(library.as_str().into()) {
        Ok(exported) => exported,
        Err(error) => {
            eprintln!("{library}: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    let functions: Vec<_> = exported.iter().flat_map(functions).collect();
    let bare: Vec<_> = functions.iter().filter(|function| !function.throws).collect();
    for function in &bare {
        eprintln!("{} returns no result", function.name);
    }
    println!("{} exported functions, {} without a result", functions.len(), bare.len());
    if bare.is_empty() && !functions.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A function that crosses, in either direction.
struct Function {
    name: String,
    throws: bool,
}

impl Function {
    fn new(owner: &str, name: &str, throws: bool) -> Self {
        Self { name: format!("{owner}::{name}"), throws }
    }
}

/// The functions of one exported item. What a language derives by itself (equality, text of an error) calls none.
fn functions(item: &Metadata) -> Vec<Function> {
    match item {
        Metadata::Func(it) => vec![Function::new(&it.module_path, &it.name, it.throws.is_some())],
        Metadata::Constructor(it) => vec![Function::new(&it.self_name, &it.name, it.throws.is_some())],
        Metadata::Method(it) => vec![Function::new(&it.self_name, &it.name, it.throws.is_some())],
        Metadata::TraitMethod(it) => vec![Function::new(&it.trait_name, &it.name, it.throws.is_some())],
        // Display, Debug, Eq, Hash and Ord have no room for a result.
        Metadata::UniffiTrait(it) => {
            vec![Function::new(it.self_name(), "a trait of the standard library", false)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use uniffi_meta::{FnMetadata, Type};

    use super::*;

    fn function(throws: Option<Type>) -> Metadata {
        Metadata::Func(FnMetadata {
            module_path: "wallet_core".to_owned(),
            name: "add".to_owned(),
            orig_name: None,
            is_async: false,
            inputs: Vec::new(),
            return_type: None,
            throws,
            checksum: None,
            docstring: None,
        })
    }

    #[test]
    fn a_function_without_a_result_is_found() {
        assert!(functions(&function(None)).iter().all(|function| !function.throws));
        assert!(functions(&function(Some(Type::String))).iter().all(|function| function.throws));
        assert_eq!(functions(&function(None)).len(), 1);
    }
}
