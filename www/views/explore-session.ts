import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Assumption, assumable } from '../elements/assumptions.ts';
import type { Example } from '../elements/block-picture.ts';
import type { FieldError } from '../elements/formula-input.ts';
import { NameColours, noColours } from '../elements/name-colours.ts';
import { engine } from '../engine/client.ts';
import type {
  Answer,
  Entries,
  EntryDerivation,
  ErrorView,
  Failed,
  Graph,
  NameView,
  Numbers,
  Parsed,
  Tokens,
  TokenView,
  View,
} from '../engine/contract.ts';
import { flatten } from '../lessons/numbers.ts';
import type { ExploreState } from '../state.ts';
import { dealNumbers } from './deal-numbers.ts';
import { tongue } from '../words/words.ts';
import { graphWay, type NumberedGraph, numberedGraph } from './numbered-graph.ts';

/** An answer that came with all a page shows. */
export interface Derived {
  readonly answer: Answer;
  readonly view: View;
  readonly wrt: string;
}

/** The computation graph and the way whose steps its nodes name. */
export interface GraphOfWay {
  readonly graph: Graph;
  readonly way: string;
}

/** The fields that all requests about one question share. */
interface Question {
  readonly expr: string;
  readonly wrt: string;
  readonly vars: ReadonlyMap<string, unknown>;
  readonly layout: string;
  readonly order: number;
  readonly assume: ReadonlyMap<string, readonly Assumption[]>;
}

type Reply<Success> = Success | Failed;

/** How long an error waits for the typing to go on before it is said. */
const patience = 450;

/** The tokens of a text, for the colours of a field; `undefined` when newer text has come. */
export async function tokenise(text: string): Promise<readonly TokenView[] | undefined> {
  return (await engine.latest<Tokens>('explore-tokens', { op: 'tokens', expr: text }))?.tokens;
}

/**
 * Asks the engine about what is typed: first how it reads, then the derivative, then its entries. The newest question
 * wins; what was last understood stays on screen, marked as old, until there is something better.
 */
export class ExploreSession implements ReactiveController {
  /** How the engine reads the text. */
  parsed: Parsed | undefined;
  /** What is differentiated by: what the reader chose, or the first name where that does not occur. */
  wrt = '';
  derived: Derived | undefined;
  entries: Entries | undefined;
  /** The derivation of one entry, where the reader asked for it. */
  entry: EntryDerivation | undefined;
  /** The derivative in numbers, where it is of an order that blocks show. */
  example: Example | undefined;
  /** The computation graph: of the way on screen, or, where that names no intermediates, of another way of the same question. */
  drawing: GraphOfWay | undefined;
  /** The same with numbers, once a reader opened it. */
  numbered: NumberedGraph | undefined;
  error: FieldError | undefined;
  colours: NameColours = noColours;
  /** What is on screen belongs to an earlier text. */
  old = false;
  /** The same, for so long that it should show. */
  faded = false;
  /** The text cannot be read: how an earlier one was read is still on screen. */
  unread = false;

  private graphOpened = false;
  private turn = 0;
  private asked = '';
  private complaint: ReturnType<typeof setTimeout> | undefined;
  private fading: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.complaint);
    clearTimeout(this.fading);
  }

  /** Asks, if the question is not the one already asked. */
  async ask(state: ExploreState): Promise<void> {
    const question = JSON.stringify([
      state.expr,
      state.wrt,
      [...state.shapes],
      state.layout,
      state.order,
      state.way,
      [...state.assume],
      tongue(),
    ]);
    if (question === this.asked) return;
    this.asked = question;
    const turn = ++this.turn;
    const current = (): boolean => turn === this.turn;
    if (this.derived) this.age();

    const vars = await declared(state);
    if (!current()) return;
    const parsed = await parse(state, vars);
    if (!parsed || !current()) return;
    this.unread = !parsed.ok;
    if (!parsed.ok) return this.fail(state.expr, (parsed as Failed).error);
    this.understand(parsed as Parsed, state.wrt);

    const answer = await this.derive(state, this.question(state, vars), current);
    if (!answer || !current()) return;
    if (!answer.ok) return this.fail(state.expr, (answer as Failed).error);
    this.succeed(answer as Answer);
    await this.open(state, vars);
  }

  /** Opens the answer into its entries, at the sizes asked for. */
  async open(state: ExploreState, known?: ReadonlyMap<string, unknown>): Promise<void> {
    const turn = this.turn;
    const vars = known ?? (await declared(state));
    const question = this.question(state, vars);
    const sizes = state.sizes.size > 0 ? { sizes: state.sizes } : {};
    const entries = await engine.latest<Reply<Entries>>('explore-entries', { ...question, op: 'entries', ...sizes });
    if (!entries || turn !== this.turn) return;
    this.entries = entries.ok ? (entries as Entries) : undefined;
    this.entry = undefined;
    const example = await this.exemplify(question);
    if (turn !== this.turn) return;
    this.example = example;
    this.host.requestUpdate();
    await this.findGraph(question);
    if (turn === this.turn && this.graphOpened) await this.openGraph(state, vars);
  }

  /** Asks another way for its graph, where the one on screen has none. Higher derivatives have none on any way. */
  private async findGraph(question: Question): Promise<void> {
    const { turn, derived } = this;
    const way = derived && !this.drawing && question.order === 1 ? graphWay(derived.view) : undefined;
    if (way === undefined) return;
    const request = { ...question, way, detail: 'page' };
    const answer = await engine.latest<Reply<Answer>>('explore-other-graph', request);
    if (turn !== this.turn || derived !== this.derived) return;
    const graph = answer?.ok ? (answer as Answer).view?.graph : undefined;
    this.drawing = graph && { graph, way };
    this.host.requestUpdate();
  }

  /** Asks for the graph's numbers, at the sizes of the entries; from now on with every answer. */
  async openGraph(state: ExploreState, known?: ReadonlyMap<string, unknown>): Promise<void> {
    this.graphOpened = true;
    const { turn, derived, drawing } = this;
    if (!derived || !drawing) return;
    const question = this.question(state, known ?? (await declared(state)));
    const current = (): boolean => turn === this.turn && derived === this.derived;
    const numbered = await numberedGraph(
      positive => this.deal(question, positive),
      at => engine.latest<Reply<Answer>>('explore-graph', { ...question, at, way: drawing.way, detail: 'page' }),
    );
    if (!current()) return;
    this.numbered = numbered;
    this.host.requestUpdate();
  }

  /** Small numbers for all variables, where every size is known. */
  private deal(question: Question, positive: boolean): ReadonlyMap<string, Numbers> | undefined {
    const { derived, entries } = this;
    if (!derived || !entries) return undefined;
    const sizes = new Map(Object.entries(entries.sizes));
    const vars = new Map(Object.entries(derived.answer.vars));
    return dealNumbers({ vars, sizes, assume: question.assume, positive });
  }

  /** Derives one entry of the grid by itself; row and column count from 1. */
  async openEntry(state: ExploreState, row: number, column: number): Promise<void> {
    const { turn, entries } = this;
    const question = this.question(state, await declared(state));
    const sizes = state.sizes.size > 0 ? { sizes: state.sizes } : {};
    const request = { ...question, op: 'entries', entry: [row, column], ...sizes };
    const answer = await engine.latest<Reply<Entries>>('explore-entry', request);
    if (!answer || turn !== this.turn || entries !== this.entries) return;
    this.entry = answer.ok ? (answer as Entries).derivation : undefined;
    this.host.requestUpdate();
  }

  /** What every request about this state says. */
  private question(state: ExploreState, vars: ReadonlyMap<string, unknown>): Question {
    const { expr, layout, order } = state;
    return { expr, wrt: this.wrt, vars, layout, order, assume: this.assumed(state) };
  }

  /** What is assumed of the names there are, as far as it fits their shapes. */
  private assumed(state: ExploreState): ReadonlyMap<string, readonly Assumption[]> {
    const found = new Map<string, readonly Assumption[]>();
    for (const { name, shape } of this.parsed?.names ?? []) {
      const fitting = assumable(shape).filter(each => state.assume.get(name)?.includes(each));
      if (fitting.length > 0) found.set(name, fitting);
    }
    return found;
  }

  /** The derivation, in the way asked for; a question that cannot go this way goes the usual one. */
  private async derive(
    { way }: ExploreState,
    question: Question,
    current: () => boolean,
  ): Promise<Reply<Answer> | undefined> {
    const request = { ...question, detail: 'page' };
    if (way !== '') {
      const chosen = await engine.latest<Reply<Answer>>('explore-derive', { ...request, way });
      if (!chosen || chosen.ok || !current()) return chosen;
    }
    return engine.latest<Reply<Answer>>('explore-derive', request);
  }

  /** Numbers for the blocks: small ones are dealt, without signs where those lead out of a function's domain. */
  private async exemplify(question: Question): Promise<Example | undefined> {
    const { derived, entries } = this;
    if (!derived || !entries || derived.view.tensor_views.length === 0) return undefined;
    const sizes = new Map(Object.entries(entries.sizes));
    const vars = new Map(Object.entries(derived.answer.vars));
    const innerOrder = vars.get(this.wrt)?.length ?? 0;
    let example: Example = { numbers: undefined, innerOrder, at: new Map(), sizes };
    for (const positive of [false, true]) {
      const at = this.deal(question, positive);
      if (!at) break;
      const request = { ...question, at, detail: 'result' };
      const answer = await engine.latest<Reply<Answer>>('explore-numbers', request);
      if (!answer) return undefined;
      const numbers = answer.ok ? (answer as Answer).jacobian : undefined;
      if (numbers === undefined) break;
      example = { numbers, innerOrder, at, sizes };
      if (flatten(numbers).every(Number.isFinite)) break;
    }
    return example;
  }

  private understand(parsed: Parsed, chosen: string): void {
    this.parsed = parsed;
    this.wrt = pickWrt(chosen, parsed.names);
    const colours = new NameColours(parsed.names.map(each => each.name));
    if (!colours.equals(this.colours)) this.colours = colours;
    this.quiet();
    this.host.requestUpdate();
  }

  private succeed(answer: Answer): void {
    this.quiet();
    this.old = false;
    this.faded = false;
    clearTimeout(this.fading);
    this.fading = undefined;
    this.example = undefined;
    this.numbered = undefined;
    const { graph, way } = answer.view ?? {};
    this.drawing = graph && way ? { graph, way } : undefined;
    this.derived = answer.view ? { answer, view: answer.view, wrt: this.wrt } : undefined;
    this.host.requestUpdate();
  }

  /** Says what is wrong once the typing rests; the underline belongs to exactly this text. */
  private fail(text: string, error: ErrorView): void {
    clearTimeout(this.complaint);
    this.complaint = setTimeout(() => {
      this.error = { text, error };
      this.host.requestUpdate();
    }, patience);
    this.host.requestUpdate();
  }

  /** What is on screen is of an earlier text. An answer mostly comes at once, so it fades only after a while. */
  private age(): void {
    this.old = true;
    this.fading ??= setTimeout(() => {
      this.faded = true;
      this.host.requestUpdate();
    }, patience);
  }

  private quiet(): void {
    clearTimeout(this.complaint);
    this.error = undefined;
  }
}

/** How a text reads. A list of names makes them scalars, so it is sent along, unless it cannot be read itself. */
async function parse(state: ExploreState, vars: ReadonlyMap<string, unknown>): Promise<Reply<Parsed> | undefined> {
  const request = { op: 'parse', expr: state.expr, vars };
  if (state.wrt.startsWith('[')) {
    const listed = await engine.latest<Reply<Parsed>>('explore-parse', { ...request, wrt: state.wrt });
    if (!listed || listed.ok) return listed;
  }
  return engine.latest<Reply<Parsed>>('explore-parse', request);
}

/** The shapes the reader set, of the names that the text still has: others wait in case the name comes back. */
async function declared(state: ExploreState): Promise<ReadonlyMap<string, unknown>> {
  if (state.shapes.size === 0) return new Map();
  const tokens = (await tokeniseOnce(state.expr)) ?? [];
  const present = new Set(tokens.map(token => state.expr.slice(token.start, token.end)));
  return new Map([...state.shapes].filter(([name]) => present.has(name)));
}

async function tokeniseOnce(expr: string): Promise<readonly TokenView[] | undefined> {
  return (await engine.call<Tokens>({ op: 'tokens', expr })).tokens;
}

/** A plain name that does not occur gives way to the first one that does; anything else is the reader's own. */
function pickWrt(chosen: string, names: readonly NameView[]): string {
  const first = names[0]?.name;
  const plain = chosen === '' || /^[\p{L}\p{N}_]+$/u.test(chosen);
  if (!plain || names.some(each => each.name === chosen)) return chosen;
  return first ?? chosen;
}
