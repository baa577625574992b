import { describe, expect, it, vi } from 'vitest';
import { address, api, onSignedOut } from '@/shared/api/http';
import { fieldPath, isProblem, Unreachable } from '@/shared/api/problem';
import { choose } from '@/shared/i18n';
import { serve } from './support/server';

describe('calls of the API', () => {
  it('leave out empty filters and escape the others', () => {
    expect(address('/units', { q: '教育 局', region: '', cursor: null })).toBe(
      '/api/v1/units?q=%E6%95%99%E8%82%B2+%E5%B1%80',
    );
  });

  it('send the token of the cookie, the version and the language with a command', async () => {
    document.cookie = 'XSRF-TOKEN=t%2B1';
    const calls = serve(() => ({ body: {} }));
    await choose('en');
    await api('/applications/1/approvals', { method: 'POST', json: {}, version: 3 });
    await choose('zh');
    const headers = calls[0]?.headers;
    expect(headers?.get('X-XSRF-TOKEN')).toBe('t+1');
    expect(headers?.get('If-Match')).toBe('"3"');
    expect(headers?.get('Accept-Language')).toBe('en');
  });

  it('send no token when only reading', async () => {
    document.cookie = 'XSRF-TOKEN=t';
    const calls = serve(() => ({ body: {} }));
    await api('/me');
    expect(calls[0]?.headers.has('X-XSRF-TOKEN')).toBe(false);
  });

  it('throw a refusal with its code', async () => {
    serve(() => ({ status: 409, body: { code: 'QUOTA_SHORT', shortfalls: [] } }));
    const error: unknown = await api('/applications/1', { method: 'PUT' }).catch((e: unknown) => e);
    expect(isProblem(error, 'QUOTA_SHORT')).toBe(true);
  });

  it('tell an unreachable server from a refusal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    await expect(api('/me')).rejects.toBeInstanceOf(Unreachable);
  });

  it('lead to the sign-in page when the session has ended', async () => {
    serve(() => ({ status: 401, body: { code: 'UNAUTHENTICATED' } }));
    const signIn = vi.fn();
    onSignedOut(signIn);
    await expect(api('/me')).rejects.toThrow();
    expect(signIn).toHaveBeenCalledOnce();
    onSignedOut(() => undefined);
  });
});

describe('JSON pointers', () => {
  it.each([
    ['/items/0/count', ['items', 0, 'count']],
    ['/purpose', ['purpose']],
    ['', []],
    ['/a~1b/~0c', ['a/b', '~c']],
  ])('%s is a path of the form', (pointer, path) => {
    expect(fieldPath(pointer)).toEqual(path);
  });
});
