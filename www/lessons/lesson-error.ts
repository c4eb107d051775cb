/** A fault in a lesson file, told the way a compiler tells it: file, line, what is wrong. */
export class LessonError extends Error {
  readonly file: string;
  readonly line: number;

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'LessonError';
    this.file = file;
    this.line = line;
  }
}

/** Where something stands in a lesson file, able to turn a complaint about it into an error. */
export class Place {
  readonly file: string;
  readonly line: number;

  constructor(file: string, line: number) {
    this.file = file;
    this.line = line;
  }

  fault(problem: string): LessonError {
    return new LessonError(this.file, this.line, problem);
  }
}
