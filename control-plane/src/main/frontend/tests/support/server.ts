import { vi } from 'vitest';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = { status?: number; body: unknown } | undefined;

/** The HTTP border, and nothing behind it: answers each call of the API as a test says. */
export function serve(answer: (asked: Asked) => Answer): Asked[] {
  const calls: Asked[] = [];
  vi.stubGlobal('fetch', (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://console.test');
    const asked: Asked = {
      method: init.method ?? 'GET',
      path: url.pathname.replace('/api/v1', ''),
      query: url.searchParams,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
    };
    calls.push(asked);
    const { status = 200, body } = answer(asked) ?? {
      status: 404,
      body: { code: 'NOT_FOUND', title: asked.path },
    };
    return Promise.resolve(
      new Response(JSON.stringify(body), {
        status,
        headers: {
          'Content-Type': status < 400 ? 'application/json' : 'application/problem+json',
        },
      }),
    );
  });
  return calls;
}
