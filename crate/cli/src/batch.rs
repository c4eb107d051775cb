//! JSON Lines in, JSON Lines out: the contract for scripts.

use std::io::{BufRead, Write};
use std::panic::catch_unwind;
use std::process::ExitCode;

const NOT_TEXT: &str =
    r#"{"id":null,"ok":false,"error":{"kind":"request","message":"The line is not valid UTF-8 text."}}"#;
const BROKEN: &str = r#"{"id":null,"ok":false,"error":{"kind":"limit","message":"The engine stopped at this line and went on with the next."}}"#;

/// Answers every line in order, each as soon as it is read; ends well when every line was answered.
pub fn run() -> ExitCode {
    match answer_all(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("chalkgrad batch: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Lines are bytes up to a line feed: text that is not UTF-8 costs its own line only.
fn answer_all(mut input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            let answer = answer(&line);
            output.write_all(answer.as_bytes())?;
            output.write_all(b"\n")?;
            output.flush()?;
        }
        line.clear();
    }
    Ok(())
}

fn answer(line: &[u8]) -> String {
    let Ok(request) = std::str::from_utf8(line.trim_ascii()) else { return NOT_TEXT.to_owned() };
    catch_unwind(|| chalkgrad_core::call(request)).unwrap_or_else(|_| BROKEN.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(input: &[u8]) -> Vec<serde_json::Value> {
        let mut output = Vec::new();
        answer_all(input, &mut output).unwrap();
        let text = String::from_utf8(output).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_line_but_a_blank_one_is_answered() {
        let input = b"{\"id\":1}\n\n  \t\r\nno json\n{\"id\":3}\r\n{\"id\":4}";
        assert_eq!(answers(input).len(), 4);
    }

    #[test]
    fn bytes_that_are_no_text_cost_their_own_line_only() {
        let got = answers(b"\xff\xfe{\"id\":1}\n{\"id\":2}\n");
        assert_eq!(got.len(), 2);
        assert_eq!(got[0]["error"]["kind"], "request");
    }

    #[test]
    fn a_line_may_be_long() {
        let mut input = vec![b'x'; 5_000_000];
        input.push(b'\n');
        assert_eq!(answers(&input).len(), 1);
    }
}
