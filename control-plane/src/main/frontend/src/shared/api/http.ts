import { Problem, Unreachable } from './problem';
import type { ProblemDocument } from './types';

const BASE = '/api/v1';

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Call {
  method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  query?: Query;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with its own type. */
  file?: Blob;
  /** The version the caller saw last; a change of state needs it. */
  version?: number;
  /** Names a command: sent again with the same, it is taken once. */
  key?: string;
  signal?: AbortSignal | undefined;
}

let language = 'zh-CN';
let signIn: () => void = () => undefined;

/** Decides in which language the server writes its texts. */
export function speak(tag: string): void {
  language = tag;
}

/** What happens when the session has ended. */
export function onSignedOut(action: () => void): void {
  signIn = action;
}

export function currentLanguage(): string {
  return language;
}

/** The token of the cookie that only pages of this origin can read, sent back as a header. */
export function csrfHeader(): Record<string, string> {
  const found = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie);
  return found?.[1] ? { 'X-XSRF-TOKEN': decodeURIComponent(found[1]) } : {};
}

export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
}

async function send(path: string, call: Call, accept: string): Promise<Response> {
  const method = call.method ?? 'GET';
  const headers: Record<string, string> = { Accept: accept, 'Accept-Language': language };
  if (method !== 'GET') {
    Object.assign(headers, csrfHeader());
  }
  if (call.version !== undefined) {
    headers['If-Match'] = `"${call.version}"`;
  }
  if (call.key !== undefined) {
    headers['Idempotency-Key'] = call.key;
  }
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (call.file) {
    init.body = call.file;
    headers['Content-Type'] = call.file.type || 'application/octet-stream';
  } else if (call.json !== undefined) {
    init.body = JSON.stringify(call.json);
    headers['Content-Type'] = 'application/json';
  }
  if (call.signal) {
    init.signal = call.signal;
  }
  let response: Response;
  try {
    response = await fetch(address(path, call.query), init);
  } catch (cause) {
    if (call.signal?.aborted) {
      throw cause;
    }
    throw new Unreachable(cause);
  }
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem.status === 401) {
      signIn();
    }
    throw problem;
  }
  return response;
}

async function readProblem(response: Response): Promise<Problem> {
  const kind = response.headers.get('Content-Type') ?? '';
  if (kind.includes('json')) {
    try {
      const document = (await response.json()) as Partial<ProblemDocument>;
      return new Problem({ ...document, status: response.status });
    } catch {
      // A gateway cut the answer short; its status is all there is.
    }
  }
  return new Problem({ status: response.status });
}

/** Calls the API and gives the body of its answer. Throws {@link Problem} or {@link Unreachable}. */
export async function api<T>(path: string, call: Call = {}): Promise<T> {
  const response = await send(path, call, 'application/json, application/problem+json');
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

/** The version of what stands at an address, which whoever changes it sends back. */
export async function versionOf(path: string, signal: AbortSignal): Promise<number> {
  const response = await send(path, { signal }, 'application/json, application/problem+json');
  return Number(/"(\d+)"/.exec(response.headers.get('ETag') ?? '')?.[1] ?? 0);
}

/** Fetches a file in the language of the page; a plain link would ask in the browser's language. */
export async function download(path: string, query: Query, fallbackName: string): Promise<void> {
  const response = await send(path, { query }, '*/*');
  const named = /filename\*=UTF-8''([^;]+)/i.exec(
    response.headers.get('Content-Disposition') ?? '',
  );
  save(await response.blob(), named?.[1] ? decodeURIComponent(named[1]) : fallbackName);
}

/** Hands a file to the browser's downloads. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
}
