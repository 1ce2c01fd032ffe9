//! What a document of a shift is called.

use domain::Document;
use texts::{Key, Lang};

/// `TypeDocument` by its id, which has a name in every language; one that has none in the server's words, or by its number.
pub(crate) fn receipt_kind(receipt: &Document, lang: Lang) -> Option<String> {
    let key = match receipt.kind {
        Some(1) => Key::PaperDocumentSale,
        Some(2) => Key::PaperDocumentIncome,
        Some(3) => Key::PaperDocumentExpense,
        Some(4) => Key::PaperDocumentPurchase,
        Some(5) => Key::PaperDocumentRefund,
        Some(6) => Key::PaperDocumentOpen,
        Some(7) => Key::PaperDocumentClose,
        Some(8) => Key::PaperDocumentX,
        Some(9) => Key::PaperDocumentPurchaseRefund,
        other => {
            let number = other.map(|number| number.to_string());
            return receipt.kind_name.clone().or(number);
        }
    };
    Some(lang.text(key).to_owned())
}
