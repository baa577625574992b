import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/shared/api/problem';
import { useProblemText } from './useProblemText';

/** In place of a page or panel that could not be loaded. */
export function ErrorView({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const status = isProblem(error) ? error.status : 0;
  if (status === 404) {
    return (
      <Result status="404" title={t('state.missingTitle')} subTitle={t('state.missingText')} />
    );
  }
  if (status === 403) {
    return (
      <Result status="403" title={t('state.forbiddenTitle')} subTitle={t('state.forbiddenText')} />
    );
  }
  const { title, detail, requestId } = textOf(error);
  return (
    <Result
      status="warning"
      title={title}
      subTitle={
        <>
          {detail}
          {requestId && <div className="code faint">{t('state.requestId', { id: requestId })}</div>}
        </>
      }
      extra={retry && <Button onClick={retry}>{t('common.retry')}</Button>}
    />
  );
}
