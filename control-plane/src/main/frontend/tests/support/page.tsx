import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { createQueries } from '@/shared/api/queries';

/** Shows a page at an address, with everything that the console puts around its pages. */
export function show(page: ReactNode, at = '/', path = '*') {
  const queries = createQueries();
  const options = queries.getDefaultOptions();
  queries.setDefaultOptions({ ...options, queries: { ...options.queries, retry: false } });
  const router = createMemoryRouter([{ path, element: page }], { initialEntries: [at] });
  return render(
    <ConfigProvider button={{ autoInsertSpace: false }} theme={{ token: { motion: false } }}>
      <App>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>,
  );
}

/** One of several that were found, which has to be there. */
export function there(found: HTMLElement | undefined): HTMLElement {
  if (found === undefined) {
    throw new Error('nothing is there');
  }
  return found;
}
