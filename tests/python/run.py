"""Runs exported code and compares what it sets with what is expected.

One case a line on standard input: `name`, `language`, `code`, the variables in `at`, the dimension names in `sizes`,
and `expected`; or `got` in place of `code` where there is nothing to run. Without `poles`, numbers at or near poles are
not compared. Prints what differs, and the counts last.
"""

import importlib
import json
import sys
import warnings

import numpy as np

SHOWN = 40
# Larger numbers are what rounding made of a division by 0.
NEAR_A_POLE = 1e12
SLIGHTLY = 1e-13
AT_A_POLE = "at a pole"


def read(nested):
    """Nested lists of numbers; "nan", "inf" and "-inf" are numbers too."""
    return np.array(nested, dtype=np.float64) if not isinstance(nested, list) else np.array([read(one) for one in nested])


def namespace(language):
    """What the code of a language stands on, and how an array becomes one of its own."""
    if language == "pytorch":
        torch = importlib.import_module("torch")
        return {"torch": torch}, lambda value: torch.tensor(value, dtype=torch.float64)
    if language == "jax":
        importlib.import_module("jax").config.update("jax_enable_x64", True)
        jnp = importlib.import_module("jax.numpy")
        return {"jnp": jnp}, jnp.asarray
    return {"np": np}, lambda value: value


def run(case, moved=0.0):
    """The value of `jacobian` after the code has run, with the variables moved by this part of themselves."""
    own, array = namespace(case["language"])
    values = {name: array(read(value) * (1.0 + moved)) for name, value in case["at"].items()}
    names = {**case["sizes"], **own, **values}
    exec(compile(case["code"], case["name"], "exec"), names)
    return np.asarray(names["jacobian"], dtype=np.float64)


def difference(got, expected, tolerance, floor):
    """How two arrays differ; None where they do not. Same shape, same special values, and every number within the
    tolerance of the largest, which counts as `floor` at least (of 1e-3 where all are zero)."""
    if got.shape != expected.shape:
        return f"shape {got.shape}, expected {expected.shape}"
    finite = np.isfinite(expected)
    scale = max(np.max(np.abs(expected[finite]), initial=0.0) or 1e-3, floor)
    with np.errstate(invalid="ignore"):
        near = np.abs(got - expected) <= tolerance * scale
    same = np.where(finite, near, (got == expected) | (np.isnan(got) & np.isnan(expected)))
    return None if np.all(same) else f"{got.tolist()}, expected {expected.tolist()}"


def examine(case):
    """What is wrong with a case; None where nothing is, AT_A_POLE where that cannot be said."""
    expected = read(case["expected"])
    try:
        got = read(case["got"]) if "got" in case else run(case)
    except Exception as error:
        # NumPy and PyTorch refuse to invert a singular matrix, where the engine divides by 0, or by what rounding left.
        at_pole = not case["poles"] or not np.all(np.isfinite(expected))
        return AT_A_POLE if "singular" in str(error).lower() and at_pole else f"{type(error).__name__}: {error}"
    if not case["poles"] and not np.all(np.abs(expected) < NEAR_A_POLE):
        return AT_A_POLE
    limits = case["tolerance"], case["floor"]
    wrong = difference(got, expected, *limits)
    if wrong and not case["poles"] and "got" not in case and difference(run(case, SLIGHTLY), got, *limits):
        # As far apart as the code is from itself: rounding decides here.
        return AT_A_POLE
    return wrong


def main():
    warnings.simplefilter("ignore")  # Poles and overflow are among the cases.
    np.seterr(all="ignore")
    passed, failed, poles = 0, 0, 0
    for line in sys.stdin:
        case = json.loads(line)
        wrong = examine(case)
        if wrong is None:
            passed += 1
            continue
        if wrong == AT_A_POLE:
            poles += 1
            continue
        failed += 1
        if failed <= SHOWN:
            print(f"✗ {case['name']}: {wrong}\n    " + case.get("code", case["name"]).replace("\n", "\n    "))
    print(f"{poles} cases at a pole, not compared")
    print(f"python: {passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


main()
