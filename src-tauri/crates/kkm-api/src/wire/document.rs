//! Documents (`Operations[]`). Their shape is inferred, not specified: what is known is read, and what is not an object is
//! passed over. An amount is exact, or there are no documents at all.

use domain::Document;
use serde_json::value::RawValue;

use super::object::Object;
use super::{Bad, Obj};

/// A list of documents; anything else than a list is none.
pub(crate) fn list(raw: &RawValue) -> Result<Vec<Document>, Bad> {
    if let Ok(elements) = serde_json::from_str::<Vec<Object<'_>>>(raw.get()) {
        let objects = elements.into_iter().filter_map(|element| element.0);
        return objects.map(|object| one(&object)).collect();
    }
    let elements: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    let objects = elements
        .into_iter()
        .filter_map(|element| Obj::parse(element.get()));
    objects.map(|object| one(&object)).collect()
}

fn one(object: &Obj<'_>) -> Result<Document, Bad> {
    let kind = object.obj("TypeDocument");
    Ok(Document {
        id: object.int("Id"),
        at: object.time("DateDocument"),
        number: object.int("NumberDoc"),
        kind: kind.int("Id"),
        kind_name: kind.text("Name"),
        value: object.money("Value")?,
        cash: object.money("Cash")?,
        non_cash: object.money("NonCash")?,
        mobile: object.money("Mobile")?,
        change: object.money("Change")?,
        fiscal_number: object.text("FiscalNumber"),
        autonomous_number: object.text("AutonomousNumber"),
        offline: object.flag("Offline"),
    })
}
