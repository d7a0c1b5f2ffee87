//! The web page: what a citizen at a counter or on a website of the relying party sees.
//!
//! Rendered on the server, in English and French, with nothing from elsewhere. It works without its script, which only
//! saves the reloading.
//!
//! - `handlers`: the addresses
//! - `home`, `waiting`, `outcome`: what is on them; `layout` is around all of them
//! - `disclosed`: what a credential disclosed
//! - `html`: text that cannot become markup by accident
//! - `image`: pictures among the claims
//! - `visitor`: language and browser of who looks

mod disclosed;
mod handlers;
mod home;
mod html;
mod image;
mod layout;
mod outcome;
mod visitor;
mod waiting;

pub(super) use handlers::routes;
