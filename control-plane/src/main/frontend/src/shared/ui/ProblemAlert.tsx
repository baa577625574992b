import { Alert } from 'antd';
import { useProblemText } from './useProblemText';

/** Why a call failed, in the form that made it; nothing while there is no error. */
export function ProblemAlert({ error }: { error: unknown }) {
  const textOf = useProblemText();
  if (error === null || error === undefined) {
    return null;
  }
  const { title, detail } = textOf(error);
  return <Alert type="error" showIcon title={title} description={detail} />;
}
