import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import '@/shared/i18n';

// A small build machine renders large forms slowly.
configure({ asyncUtilTimeout: 8_000 });

// What browsers have and jsdom lacks.
vi.stubGlobal('matchMedia', (query: string): Partial<MediaQueryList> => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {
      // Nothing has a size in jsdom.
    }
    unobserve(): void {
      // Nothing has a size in jsdom.
    }
    disconnect(): void {
      // Nothing has a size in jsdom.
    }
  },
);
window.scrollTo = () => undefined;
// jsdom does not draw pseudo elements, and says so on every question about them.
const getComputedStyle = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => getComputedStyle(element);

afterEach(() => {
  cleanup();
  window.localStorage.clear();
});
