import { App } from 'antd';
import { useCallback } from 'react';
import { useProblemText } from './useProblemText';

/** Short messages at the edge of the page: it worked, or why it did not. */
export function useTell() {
  const { notification, message } = App.useApp();
  const textOf = useProblemText();
  const failed = useCallback(
    (error: unknown) => {
      const { title, detail } = textOf(error);
      notification.error({ title, description: detail, duration: 8 });
    },
    [notification, textOf],
  );
  const done = useCallback((text: string) => void message.success(text), [message]);
  const warn = useCallback(
    (text: string) => notification.warning({ title: text, duration: 8 }),
    [notification],
  );
  return { done, failed, warn };
}
