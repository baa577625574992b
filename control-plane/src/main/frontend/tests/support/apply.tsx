import { fireEvent, screen } from '@testing-library/react';
import { ApplyPage } from '@/features/applications/apply/ApplyPage';
import { show } from './page';
import { person, pools, system } from './samples';
import { serve, type Asked } from './server';

export const me = person('APPLICATION_SUBMIT', 'POOL_READ', 'REGISTER_READ');

export interface Answer {
  status?: number;
  body: unknown;
}
export type Answering = (asked: Asked) => Answer;

export const saved = (asked: Asked, version = 1): Answer => ({
  body: {
    id: asked.path.replace('/drafts/', ''),
    version,
    content: asked.body,
    savedBy: { id: me.id, name: me.name },
    savedAt: '2026-11-24T02:00:00Z',
    revises: null,
  },
});

interface Differing {
  at?: string;
  draft?: Answering;
  more?: (asked: Asked) => Answer | undefined;
}

export function open(
  put: Answering,
  { at = `/applications/new?system=${system.id}`, draft = saved, more = noMore }: Differing = {},
) {
  const calls = serve((asked) => {
    const first = more(asked);
    if (first) {
      return first;
    }
    if (asked.method === 'PUT' && asked.path.startsWith('/drafts/')) {
      return draft(asked);
    }
    if (asked.method !== 'GET') {
      return put(asked);
    }
    switch (asked.path) {
      case '/me':
        return { body: me };
      case '/pools':
        return { body: { items: pools } };
      case '/systems':
        return { body: { items: [system], next: null, total: 1 } };
      case `/systems/${system.id}`:
        return { body: system };
      case `/systems/${system.id}/quota`:
        return { body: { path: [] } };
      default:
        return undefined;
    }
  });
  show(<ApplyPage />, at);
  return calls;
}

function noMore(): undefined {
  return undefined;
}

export const typed = '开学报名扩容';

export async function type(text = typed) {
  fireEvent.change(await screen.findByLabelText('用途'), { target: { value: text } });
}

export const draftsOf = (calls: Asked[]) =>
  calls.filter(({ method, path }) => method === 'PUT' && path.startsWith('/drafts/'));
