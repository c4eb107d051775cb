//! The command `chalkgrad`: the engine's JSON for scripts, and the same answers in words for people.
#![forbid(unsafe_code)]

#[macro_use]
mod words;

mod ask;
mod batch;
mod caret;
mod derivations;
mod numbers;
mod request;
mod show;
mod train;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Derivatives of vector and matrix expressions, step by step.
#[derive(Parser)]
#[command(name = "chalkgrad", version, about, after_help = EXAMPLES)]
struct Command {
    /// The language of all words in what is printed
    #[arg(long, value_enum, global = true, default_value = "en")]
    language: Tongue,
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "Examples:
  chalkgrad derive 'relu(w·x + b)' w
  chalkgrad derive 'norm2(A*x - b)^2' x --var A=m,n --layout denominator
  chalkgrad derive 'sum(x.^2)' x --at x=1,2,3
  chalkgrad derive 'softmax(A*x)' x --export julia
  chalkgrad check \"x'*A*x\" x '2 x A' --var A=n,n
  chalkgrad eval 'softmax(x)' --at x=1,2,3 --json
  chalkgrad train neuron.json --steps 1000
  chalkgrad batch < requests.jsonl > answers.jsonl";

#[derive(Subcommand)]
enum What {
    /// The derivative of an expression, with its steps
    Derive {
        /// The expression, e.g. 'relu(w·x + b)'
        #[arg(allow_hyphen_values = true)]
        expr: String,
        /// By what: a name, a component such as 'x[2]', or a list such as '[x, y]'
        wrt: String,
        /// Differentiate the result again: 2 gives the Hessian of a scalar
        #[arg(long)]
        order: Option<u32>,
        /// Only the result, as a program in this language
        #[arg(long, value_enum, value_name = "LANGUAGE", conflicts_with = "json")]
        export: Option<Language>,
        /// How the derivation goes; the shapes decide where this is left out
        #[arg(long, value_enum)]
        way: Option<Way>,
        #[command(flatten)]
        notation: Notation,
        #[command(flatten)]
        given: Given,
    },
    /// The value of an expression
    Eval {
        /// The expression, e.g. 'softmax(x)'
        #[arg(allow_hyphen_values = true)]
        expr: String,
        #[command(flatten)]
        given: Given,
    },
    /// Whether an answer of yours is the derivative, and if not, what may have gone wrong
    Check {
        /// The expression to differentiate
        #[arg(allow_hyphen_values = true)]
        expr: String,
        /// By what
        wrt: String,
        /// Your answer
        #[arg(allow_hyphen_values = true)]
        answer: String,
        #[command(flatten)]
        notation: Notation,
        #[command(flatten)]
        given: Given,
    },
    /// JSON Lines in, JSON Lines out: one request a line, answered in order
    Batch,
    /// Derivations written out as a page of Markdown
    Derivations {
        /// The questions, one a line: requests with `title`, `about` and `source`
        file: String,
    },
    /// A network as a loss with its parameters and data: a session for `train`
    Network {
        /// The network as JSON; `-` reads standard input
        file: String,
    },
    /// Train: steps down the derived gradient of a loss
    Train {
        /// The session in JSON (loss, params, data, batch, rate, momentum, seed); `-` reads it from standard input
        file: String,
        /// How many steps
        #[arg(long, default_value_t = 1000)]
        steps: u64,
        /// Print the loss over all data along the way too
        #[arg(long)]
        curve: bool,
        /// Print the program of one step instead of running it
        #[arg(long)]
        program: bool,
    },
    /// Every function and rule there is
    Catalog {
        /// The answer as JSON
        #[arg(long)]
        json: bool,
    },
}

/// How derivatives are laid out on screen. Numbers never depend on it.
#[derive(Args)]
struct Notation {
    /// The layout of the result in matrix notation
    #[arg(long, value_enum)]
    layout: Option<Layout>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Way {
    /// Name the parts, differentiate each, multiply along paths
    Paths,
    /// Push d/dx inwards (by a number)
    Textbook,
    /// Push d inwards and read the derivative off
    Differentials,
    /// From the result back to the variable
    Reverse,
    /// Entry by entry, in index notation
    Index,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Way::Paths => "paths",
            Way::Textbook => "textbook",
            Way::Differentials => "differentials",
            Way::Reverse => "reverse",
            Way::Index => "index",
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Layout {
    Numerator,
    Denominator,
    Mixed,
}

impl Layout {
    fn name(self) -> &'static str {
        match self {
            Layout::Numerator => "numerator",
            Layout::Denominator => "denominator",
            Layout::Mixed => "mixed",
        }
    }
}

/// The languages of people.
#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    En,
    De,
}

impl Tongue {
    fn language(self) -> chalkgrad_core::words::Language {
        match self {
            Tongue::En => chalkgrad_core::words::Language::English,
            Tongue::De => chalkgrad_core::words::Language::German,
        }
    }
}

/// The languages of programs.
#[derive(Clone, Copy, ValueEnum)]
enum Language {
    #[value(name = "numpy")]
    NumPy,
    #[value(name = "pytorch")]
    PyTorch,
    Jax,
    Julia,
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Language::NumPy => "numpy",
            Language::PyTorch => "pytorch",
            Language::Jax => "jax",
            Language::Julia => "julia",
        }
    }
}

/// What is known about the variables.
#[derive(Args)]
struct Given {
    /// A variable's shape: `b=` is a scalar, `w=n` a vector, `X=m,n` a matrix
    #[arg(long = "var", value_name = "NAME=SHAPE")]
    vars: Vec<String>,
    /// A variable's numbers: `b=0.5`, `w=1,2`, `X=1,2;3,4`; or JSON: `{"w": [1, 2]}`
    #[arg(long = "at", value_name = "NAME=NUMBERS", allow_hyphen_values = true)]
    at: Vec<String>,
    /// What may be assumed of a variable: `A=symmetric`, `A=invertible`, `x=positive`
    #[arg(long = "assume", value_name = "NAME=PROPERTY")]
    assume: Vec<String>,
    /// The answer as JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let command = Command::parse();
    chalkgrad_core::words::speaking(command.language.language(), || run(command.what))
}

fn run(what: What) -> ExitCode {
    match what {
        What::Batch => batch::run(),
        What::Catalog { json } => ask::catalog(json),
        What::Derivations { file } => derivations::run(&file),
        What::Network { file } => train::network(&file),
        What::Train { file, steps, curve, program } => train::train(&file, steps, curve, program),
        What::Derive { expr, wrt, order, way, export, notation, given } => {
            let mut request = request::Request::new("derive", &expr);
            request.set("wrt", wrt);
            request.set_some("order", order);
            request.set_some("way", way.map(Way::name));
            request.set_some("layout", notation.layout.map(Layout::name));
            match export {
                Some(language) => ask::export(request, given, &expr, language.name()),
                None => ask::ask(request, given, &expr),
            }
        }
        What::Eval { expr, given } => ask::ask(request::Request::new("eval", &expr), given, &expr),
        What::Check { expr, wrt, answer, notation, given } => {
            let mut request = request::Request::new("check", &expr);
            request.set("wrt", wrt);
            request.set("answer", answer.as_str());
            request.set_some("layout", notation.layout.map(Layout::name));
            // The span of an error counts in the answer, see the batch contract.
            ask::ask(request, given, &answer)
        }
    }
}
