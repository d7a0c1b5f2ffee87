//! Who signed this, and may they?
