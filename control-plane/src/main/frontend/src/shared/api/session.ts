import { csrfHeader } from './http';

const RETURN_TO = 'yuntai.returnTo';
const SIGN_IN = '/oauth2/authorization/yuntai';

/** Leaves for the sign-in page and remembers where the person wanted to go. */
export function goToSignIn(): void {
  const here = window.location.pathname + window.location.search;
  window.sessionStorage.setItem(RETURN_TO, here);
  window.location.assign(SIGN_IN);
}

/** Where the person wanted to go before signing in, once. */
export function takeReturn(): string | null {
  const wanted = window.sessionStorage.getItem(RETURN_TO);
  window.sessionStorage.removeItem(RETURN_TO);
  // Only a path of this origin: never `//elsewhere`.
  return wanted && /^\/(?!\/)/.test(wanted) ? wanted : null;
}

/** Ends the session and shows the sign-in page. */
export async function signOut(): Promise<void> {
  window.sessionStorage.removeItem(RETURN_TO);
  let next: string | null = null;
  try {
    const answer = await fetch('/logout', {
      method: 'POST',
      headers: { ...csrfHeader(), Accept: 'application/json' },
      credentials: 'same-origin',
    });
    next = answer.headers.get('Location');
  } catch {
    // The identity provider's own sign-out page lives on another origin and cannot be followed from
    // here; the session of this origin has ended by then.
  }
  window.location.assign(next ?? '/');
}
