// The content security policy, in one place: the build writes it into the page, the server sends it as a header.

const directives = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  // `chalkgrad` makes the worker's address a trusted one; `lit-html` is Lit's own policy for its templates.
  "require-trusted-types-for 'script'",
  'trusted-types chalkgrad lit-html',
];

/** The policy as the value of a header or of a `<meta>`. */
export const contentSecurityPolicy = directives.join('; ');
