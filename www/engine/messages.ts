/** What client and engine say to each other: plain data that can cross to a worker. */

/** The methods of a training session that the client may call. */
export type TrainerMethod = 'step' | 'reset' | 'setRate' | 'setParam' | 'detail' | 'evaluate';

/** The methods of a session that only trains. */
export type FastMethod =
  | 'step'
  | 'state'
  | 'reset'
  | 'setRate'
  | 'gradient'
  | 'evaluate'
  | 'snapshot'
  | 'restore'
  | 'formulas'
  | 'largestRate';

/** One thing to do. Requests and specifications travel as JSON text, exactly as on the command line. */
export type Command =
  | { kind: 'call'; request: string }
  | { kind: 'network'; description: string }
  | { kind: 'open-fast'; trainer: number; spec: string }
  | { kind: 'use-fast'; trainer: number; method: FastMethod; args: readonly TrainerArgument[] }
  | { kind: 'open'; trainer: number; spec: string }
  | { kind: 'use'; trainer: number; method: TrainerMethod; args: readonly TrainerArgument[] }
  | { kind: 'free'; trainer: number };

/** Arguments of a training session's methods. */
export type TrainerArgument = number | string | Float64Array;

/** An answer: JSON text, numbers, or nothing. */
export type Value = string | number | Float32Array | Float64Array | undefined;

/** What came of it. */
export type Reply =
  | { kind: 'done'; value: Value }
  /** The engine refused; `error` is its own JSON. */
  | { kind: 'refused'; error: string }
  /** The wasm instance died doing this; another one is in its place. */
  | { kind: 'trapped' }
  /** The training session went down with an earlier instance: open it again. */
  | { kind: 'lost' }
  /** No answer in time; the engine was started anew. */
  | { kind: 'late' }
  /** The engine could not be loaded. */
  | { kind: 'absent'; reason: string };
