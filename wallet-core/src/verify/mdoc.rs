//! Verifies a DeviceResponse.
