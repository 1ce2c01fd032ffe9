//! The register. `TokenCPCR` is not read at all.

use domain::{Balance, Kkm, KkmId, KkmStatus, ShiftId, Uid};

use super::{Bad, Obj};

/// `Data.Kkms`; the list itself may be `null` or missing when there are no registers.
pub(crate) fn list(data: &Obj<'_>) -> Result<Vec<Kkm>, Bad> {
    if data.raw("Kkms").is_none() {
        return Ok(Vec::new());
    }
    let elements = data.array("Kkms").ok_or_else(|| Bad::missing("Kkms"))?;
    elements
        .into_iter()
        .map(|element| one(&Obj::parse(element.get()).unwrap_or_default()))
        .collect()
}

/// `Data.Uid`.
pub(crate) fn uid(data: &Obj<'_>) -> Result<Uid, Bad> {
    let uid = data.text("Uid").map(Uid::new);
    uid.ok_or_else(|| Bad::missing("Uid"))
}

/// A register, as `Data.Kkm` or flat in `data`.
pub(crate) fn nested(data: &Obj<'_>) -> Result<Kkm, Bad> {
    data.try_obj("Kkm")
        .map_or_else(|| one(data), |kkm| one(&kkm))
}

/// A register.
pub(crate) fn one(object: &Obj<'_>) -> Result<Kkm, Bad> {
    let id = object.int("Id").ok_or_else(|| Bad::missing("Kkm.Id"))?;
    let company = object.obj("Company");
    let status = object
        .int("IdStatusKkm")
        .or_else(|| object.obj("StatusKkm").int("Id"));
    Ok(Kkm {
        name: object.text("Name"),
        znm: object.text("Znm"),
        rnm: object.text("Rnm"),
        shift: object
            .int("IdShift")
            .filter(|id| *id != 0)
            .map(ShiftId::new),
        shift_index: object.int("ShiftIndex"),
        status: status.map_or(KkmStatus::Other(0), KkmStatus::from_wire),
        locked: object.flag("Lock"),
        offline_queue: object.int("OfflineQueue"),
        ofd_code: object.int("OfdCode"),
        ofd_name: object.obj("Ofd").text("Name"),
        taxpayer: ["ShortName", "FullName", "Fio"]
            .iter()
            .find_map(|key| company.text(key)),
        bin: ["Bin", "Iin"].iter().find_map(|key| company.text(key)),
        address: address(object),
        balances: balances(object),
        ..Kkm::bare(KkmId::new(id))
    })
}

/// Town, street, house in one line; a plain text where the server has one.
fn address(object: &Obj<'_>) -> Option<String> {
    let Some(address) = object.try_obj("Address") else {
        return object.text("Address");
    };
    let town = address
        .obj("Town")
        .text("Name")
        .or_else(|| address.text("Town"));
    let parts: Vec<String> = [town, address.text("Street"), address.text("House")]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A balance that cannot be read counts as not reported: a register must stay usable.
fn balances(object: &Obj<'_>) -> Vec<Balance> {
    let elements = object.array("Balances").unwrap_or_default();
    elements
        .into_iter()
        .filter_map(|element| Obj::parse(element.get()))
        .map(|balance| {
            let kind = balance.obj("TypeBalance");
            let amount = balance.money("Amount").unwrap_or_else(|bad| {
                tracing::warn!(%bad, "a balance cannot be read");
                None
            });
            Balance {
                kind: kind.int("Id"),
                name: kind.text("Name"),
                amount,
            }
        })
        .collect()
}
