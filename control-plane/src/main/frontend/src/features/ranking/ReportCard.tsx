import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api, download } from '@/shared/api/http';
import { useMay, useMe } from '@/shared/api/queries';
import type { MonthReport, Restatement } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { useTell } from '@/shared/ui/useTell';
import { Excerpt, Files } from './ReportFiles';
import { ViewTable } from './ViewTable';

/** What was published of a month: its versions, and how it is frozen and put right. */
export function ReportCard({ month }: { month: string }) {
  const query = useQuery({
    queryKey: ['reports', month],
    queryFn: ({ signal }) => api<MonthReport>(`/reports/${month}`, { signal }),
  });
  return <Loaded query={query}>{(report) => <Content report={report} />}</Loaded>;
}

function useCommand() {
  const tell = useTell();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      path,
      method,
      json,
    }: {
      path: string;
      method: 'PUT' | 'POST';
      json?: unknown;
    }) => api<unknown>(path, { method, json }),
    onSuccess: () => queries.invalidateQueries(),
    onError: tell.failed,
  });
}

function Content({ report }: { report: MonthReport }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  const tell = useTell();
  const { time, number } = useFormat();
  const command = useCommand();
  const [asking, setAsking] = useState(false);
  const isFrozen = report.versions.length > 0;
  const isOpen = report.restatements.some(({ state }) => state === 'REQUESTED');
  return (
    <div className="stack">
      <Alert
        type={isFrozen ? 'success' : report.calendarMissing ? 'warning' : 'info'}
        showIcon
        title={
          isFrozen
            ? t('ranking.report.frozen', { version: report.versions[0]?.version })
            : t(report.calendarMissing ? 'ranking.report.noCalendar' : 'ranking.report.open', {
                day: report.freezingDay,
                year: report.freezingDay.slice(0, 4),
              })
        }
        description={
          report.lateHours > 0 && t('ranking.report.late', { hours: number(report.lateHours) })
        }
      />
      <Space wrap>
        {!isFrozen && may('RANKING_FREEZE') && (
          <Popconfirm
            title={t('ranking.report.freezeSure')}
            okText={t('ranking.report.freeze')}
            cancelText={t('common.cancel')}
            onConfirm={() => command.mutate({ path: `/reports/${report.month}`, method: 'PUT' })}
          >
            <Button type="primary" loading={command.isPending}>
              {t('ranking.report.freeze')}
            </Button>
          </Popconfirm>
        )}
        {isFrozen && !isOpen && may('RANKING_RESTATE') && (
          <Button onClick={() => setAsking(true)}>{t('ranking.report.restate')}</Button>
        )}
        <Button
          onClick={() => {
            download('/reports/key', {}, 'yuntai-report.pem').catch(tell.failed);
          }}
        >
          {t('ranking.report.key')}
        </Button>
      </Space>
      <ViewTable
        name={t('ranking.report.versions')}
        rows={report.versions}
        rowKey={({ version }) => String(version)}
        empty={t('ranking.report.none')}
        columns={[
          {
            key: 'version',
            title: t('ranking.report.version'),
            width: 70,
            render: (x) => number(x.version),
          },
          { key: 'at', title: t('ranking.report.at'), render: (x) => time(x.frozenAt) },
          {
            key: 'why',
            title: t('ranking.report.why'),
            width: 240,
            render: (x) =>
              x.correction
                ? t('ranking.report.correction', {
                    reason: x.correction.reason,
                    author: x.correction.author.name,
                    approver: x.correction.approver.name,
                  })
                : t('ranking.report.first'),
          },
          {
            key: 'digest',
            title: t('ranking.report.digest'),
            render: (x) => <Digest text={x.digest} />,
          },
          {
            key: 'input',
            title: t('ranking.report.input'),
            render: (x) => <Digest text={x.inputDigest} />,
          },
          {
            key: 'file',
            title: t('ranking.report.file'),
            width: 250,
            render: (x) =>
              may('RANKING_EXPORT') ? (
                <Files month={report.month} version={x.version} />
              ) : (
                me.data?.unit && <Excerpt month={report.month} version={x.version} />
              ),
          },
        ]}
      />
      {report.restatements.length > 0 && <Restatements items={report.restatements} />}
      {asking && <RestateDialog month={report.month} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Digest({ text }: { text: string }) {
  return (
    <span className="code" title={text}>
      {text.slice(0, 16)}…
    </span>
  );
}

const STATE = { REQUESTED: 'blue', APPROVED: 'green', REJECTED: 'red' } as const;

function Restatements({ items }: { items: Restatement[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  const { time } = useFormat();
  const command = useCommand();
  const decide = (one: Restatement, what: 'approval' | 'rejection') =>
    command.mutate({
      path: `/reports/${one.month}/restatements/${one.id}/${what}`,
      method: 'POST',
    });
  return (
    <ViewTable
      name={t('ranking.report.restatements')}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { key: 'at', title: t('ranking.report.askedAt'), render: (x) => time(x.requestedAt) },
        { key: 'reason', title: t('ranking.report.reason'), render: (x) => x.reason },
        { key: 'author', title: t('ranking.report.author'), render: (x) => x.author.name },
        {
          key: 'state',
          title: t('ranking.report.stateLabel'),
          render: (x) => <Tag color={STATE[x.state]}>{t(`ranking.report.state.${x.state}`)}</Tag>,
        },
        {
          key: 'decide',
          title: '',
          render: (x) =>
            x.state === 'REQUESTED' &&
            x.author.id !== me.data?.id &&
            may('RANKING_RESTATE_APPROVE') && (
              <Space>
                <Button
                  type="link"
                  disabled={command.isPending}
                  onClick={() => decide(x, 'approval')}
                >
                  {t('ranking.report.approve')}
                </Button>
                <Button
                  type="link"
                  danger
                  disabled={command.isPending}
                  onClick={() => decide(x, 'rejection')}
                >
                  {t('ranking.report.reject')}
                </Button>
              </Space>
            ),
        },
      ]}
    />
  );
}

function RestateDialog({ month, onClose }: { month: string; onClose: () => void }) {
  const { t } = useTranslation();
  const command = useCommand();
  const [id] = useState(() => uuid());
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={t('ranking.report.restate')}
      okText={t('ranking.report.ask')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: reason.trim() === '' }}
      confirmLoading={command.isPending}
      onCancel={onClose}
      onOk={() =>
        command.mutate(
          {
            path: `/reports/${month}/restatements/${id}`,
            method: 'PUT',
            json: { reason: reason.trim() },
          },
          { onSuccess: onClose },
        )
      }
    >
      <p>{t('ranking.report.restateText')}</p>
      <Input.TextArea
        aria-label={t('ranking.report.reason')}
        rows={3}
        maxLength={1000}
        showCount
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
