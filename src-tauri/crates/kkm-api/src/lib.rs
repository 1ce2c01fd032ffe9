//! kkm-api
