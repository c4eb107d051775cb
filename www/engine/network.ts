/** A network as the engine writes it: a loss in the language with its parameters and data, and what pictures of it need. */
export interface BuiltNetwork {
  /** `loss`, `params` and `data` of a training session. */
  readonly spec: { readonly loss: string; readonly params: object; readonly data: object };
  /** From the inputs to the output. */
  readonly layers: readonly {
    readonly weights: string;
    readonly bias: string;
    readonly inputs: number;
    readonly outputs: number;
  }[];
  /** What a picture of the decision shows, for every row of `X`. */
  readonly output: {
    readonly expr: string;
    readonly vars: object;
    /** Between the classes. */
    readonly boundary: number;
    readonly low: number;
    readonly high: number;
  };
  /** The two inputs and the class of each sample. */
  readonly samples: readonly (readonly [number, number, number])[];
  /** How many numbers are learned. */
  readonly parameters: number;
  /** How the weights start, in words. */
  readonly start: string;
  /** What is to be seen in the data, in words. */
  readonly about: string;
}
