// The little of Node that the lessons' tests use. Its own types would give every page module Node's globals as well.

declare module 'node:child_process' {
  export function spawnSync(
    command: string,
    args: readonly string[],
    options: { input: string; encoding: 'utf8'; maxBuffer: number },
  ): { status: number | null; stdout: string; stderr: string; error?: Error };
}
