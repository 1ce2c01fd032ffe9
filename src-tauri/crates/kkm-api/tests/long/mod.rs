//! An X-report as long as one likes.

/// The answer with so many documents, each as the server writes it.
pub fn x(documents: usize) -> String {
    let one = |number: usize| {
        format!(
            r#"{{"Id":{number},"DateDocument":"2026-11-24T08:15:{:02}.354546Z","NumberDoc":{number},"Value":{}.{:02},"Cash":{}.00,"NonCash":0.00,"Mobile":0.00,"Change":12.50,"FiscalNumber":"{:012}","AutonomousNumber":"","Offline":false,"TypeDocument":{{"Id":1,"Name":"Продажа"}},"Domain":{{}},"User":{{"Id":1,"Name":"Айгерім Сәрсенова","PhoneLogin":"77001112233","Lock":true,"IdShift":11345}}}}"#,
            number % 60,
            number * 7 % 90_000,
            number % 100,
            number * 7 % 90_000,
            number * 7919,
        )
    };
    let operations: Vec<_> = (1..=documents).map(one).collect();
    let sum = r#"{"Qty":1,"Amount":100.00,"Cumulative":1228340.94}"#;
    format!(
        r#"{{"Status":200,"Message":"OK","Data":{{"Count":{documents},"Kkm":{{"Id":77505,"Name":"Касса 1","TokenCPCR":"cpcr-secret","Company":{{"Bin":"120340012345"}}}},"Sections":{{"76634":{{"Name":"НДС 16%","Sales":100.00}}}},"Operations":[{}],"OperatorCode":"1","Total":{{"Sales":{sum},"Purchases":{sum},"Refunds":{sum},"PurchaseRefunds":{sum},"Expenses":{sum},"Incomes":{sum}}},"BalanceOpen":93794.10,"BalanceClose":93894.10,"BalanceCloseNonCash":0.00,"Count":{documents},"TotalAmount":100.00,"TotalNdsAmount":10.71}}}}"#,
        operations.join(",")
    )
}
