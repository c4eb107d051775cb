import type { Reply } from './messages.ts';

/** The engine's error, as in the batch contract. */
export interface Failure {
  kind: string;
  message: string;
  span?: [number, number];
  hint?: string;
  replacements?: string[];
}

/** An error of the engine as a thrown thing: what a training session rejects with. */
export class EngineError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'EngineError';
  }
}

/** What to tell the learner when the engine gave no answer of its own. */
export function failureOf(reply: Exclude<Reply, { kind: 'done' }>): Failure {
  switch (reply.kind) {
    case 'refused':
      return readFailure(reply.error);
    case 'late':
      return {
        kind: 'limit',
        message: 'This took too long, so it was stopped. The engine is ready for the next question.',
        hint: 'A smaller expression, or smaller sizes, will do.',
      };
    case 'absent':
      return {
        kind: 'unsupported',
        message: `The engine could not be loaded here: ${reply.reason}`,
        hint: 'It needs WebAssembly. A page with a content security policy must allow `wasm-unsafe-eval`.',
      };
    case 'trapped':
    case 'lost':
      return {
        kind: 'limit',
        message: 'This was too much for the engine: it stopped and was started anew. What you typed is kept.',
        hint: 'A smaller expression, or smaller sizes, will do.',
      };
  }
}

/** Reads the error JSON that the engine threw: an error, or an answer that holds one. */
function readFailure(text: string): Failure {
  try {
    const read: unknown = JSON.parse(text);
    const error = hasError(read) ? read.error : read;
    if (isFailure(error)) return error;
  } catch {
    // No JSON: the text itself is the message.
  }
  return { kind: 'request', message: text };
}

function hasError(value: unknown): value is { error: unknown } {
  return typeof value === 'object' && value !== null && 'error' in value;
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'kind' in value && 'message' in value;
}
