//! Settings: refused when they are set, and never a way to lock oneself out.

use std::fs;

use crate::shop::Shop;
use sandbox::Config;

/// A certificate that nobody has the key of any more.
const PEM: &str = include_str!("authority.pem");

#[test]
fn what_cannot_be_used_is_refused_when_it_is_set() {
    let shop = Shop::new(Config::default());
    let empty = shop.path("empty.pem");
    fs::write(&empty, "no certificate").unwrap();
    for (name, value) in [
        ("proxy", "sytem"),
        ("proxy", "http://user:secret@proxy:3128"),
        ("x-method", "put"),
        ("root-certificates", "/no/such/file.pem"),
        ("root-certificates", empty.to_str().unwrap()),
        ("reminders", "yes"),
        ("blind-count", "1"),
        ("board", "list"),
        ("time-zone", "Almaty"),
        ("colour", "green"),
    ] {
        let error = shop.json(&["settings", "set", name, value]).error(2);
        assert_eq!(error["code"], "bad-input", "{name} {value}");
    }
    let settings = shop.json(&["settings", "list"]).value();
    for setting in settings.as_array().unwrap() {
        assert_eq!(setting["value"], setting["default"]);
    }
}

#[test]
fn a_certificate_file_that_is_gone_keeps_nobody_out_and_can_be_unset() {
    let shop = Shop::new(Config::default());
    let file = shop.path("authority.pem");
    fs::write(&file, PEM).unwrap();
    let set = [
        "settings",
        "set",
        "root-certificates",
        file.to_str().unwrap(),
    ];
    shop.json(&set).value();
    fs::remove_file(&file).unwrap();
    let board = shop.json(&["registers"]).value();
    assert_eq!(board["registers"].as_array().unwrap().len(), 3);
    shop.json(&["settings", "set", "proxy", "none"]).value();
    let settings = shop
        .json(&["settings", "set", "root-certificates", ""])
        .value();
    assert_eq!(settings[1]["value"], "");
}

#[test]
fn every_setting_stands_in_the_help_with_what_it_is_at_first() {
    let shop = Shop::new(Config::default());
    let settings = shop.json(&["settings", "list"]).value();
    for command in [&["settings", "--help"][..], &["settings", "set", "--help"]] {
        let help = shop.run(command).out;
        let lines: Vec<&str> = help.lines().map(str::trim_start).collect();
        for setting in settings.as_array().unwrap() {
            let (name, first) = (setting["name"].as_str(), setting["default"].as_str());
            let told = lines.iter().find_map(|line| {
                let rest = line.strip_prefix(name.unwrap())?;
                rest.starts_with(' ').then(|| rest.trim_start())
            });
            let told = told.unwrap_or_else(|| panic!("{name:?} is not in\n{help}"));
            assert!(told.starts_with(first.unwrap()), "{name:?}: {told}");
        }
    }
}
