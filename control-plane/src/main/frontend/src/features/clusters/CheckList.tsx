import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckOutcome, ClusterCheck } from '@/shared/api/clusters';

const ICON: Record<CheckOutcome, ReactNode> = {
  PASSED: <CheckCircleFilled style={{ color: '#389e0d' }} />,
  WARNING: <ExclamationCircleFilled style={{ color: '#d48806' }} />,
  FAILED: <CloseCircleFilled style={{ color: '#cf1322' }} />,
  SKIPPED: <MinusCircleOutlined style={{ color: '#8c8c8c' }} />,
};

/** What was looked into of a cluster, and what to do about it. */
export function CheckList({ checks }: { checks: ClusterCheck[] }) {
  const { t } = useTranslation();
  return (
    <ul className="checks" aria-label={t('cluster.checks')}>
      {checks.map((check) => (
        <li key={check.subject} className={`check check-${check.outcome.toLowerCase()}`}>
          <span title={t(`cluster.outcome.${check.outcome}`)}>{ICON[check.outcome]}</span>
          <span className="check-subject">{t(`cluster.subject.${check.subject}`)}</span>
          <span>
            {check.text}
            {check.todo && <div className="faint">{check.todo}</div>}
          </span>
        </li>
      ))}
    </ul>
  );
}
