import type { Reply } from './messages.ts';
import { say } from '../words/formula.ts';

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
        message: say('late'),
        hint: say('smaller'),
      };
    case 'absent':
      return {
        kind: 'unsupported',
        message: say('absent', { reason: reply.reason || say('worker') }),
        hint: say('wasm'),
      };
    case 'trapped':
    case 'lost':
      return {
        kind: 'limit',
        message: say('trapped'),
        hint: say('smaller'),
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
