import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Popconfirm } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { fieldPath, isProblem, type Problem } from '@/shared/api/problem';
import { useMay } from '@/shared/api/queries';
import type { Application, Item, Order } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { AttachmentsField } from '../attachments/AttachmentsField';
import { SaveTemplateButton } from '../templates/SaveTemplateButton';
import { CartFields } from './CartFields';
import { beginsTerm, keepable, orderOf, whole, type DraftValues } from './draft';
import { FitPanel } from './FitPanel';
import { keepLocally } from './localDraft';
import { ReasonFields } from './ReasonFields';
import { ReturnedAlert } from './ReturnedAlert';
import { ConflictAlert, SavingLine } from './SavingLine';
import { submitted } from './submitted';
import { TargetFields } from './TargetFields';
import { hasIdle, useFit } from './useFit';
import { useSavedDraft } from './useSavedDraft';
import type { Start } from './useStart';

/** The application form: saved on the server as it is filled in, checked against the quota live. */
export function ApplyForm({
  person,
  start,
  onReload,
}: {
  person: string;
  start: Start;
  /** Begins again with what the server has. */
  onReload: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<DraftValues>();
  // With the term also before its field is there, which is shown by what the others say.
  const watched = Form.useWatch<DraftValues | undefined>([], { form, preserve: true });
  const values = watched ?? start.values;
  const fit = useFit(start, values);
  const { saving, overwrite, ensure, end } = useSavedDraft(person, start, values);

  const refused = fit.kind === 'REFUSED' ? fit.problem : null;
  useEffect(() => {
    if (refused) {
      form.setFields(fieldErrors(refused));
    }
  }, [refused, form]);

  const submit = useMutation({
    mutationFn: (order: Order) => {
      const { path, call } = submitted(start);
      return api<Application>(path, { ...call, json: order });
    },
    onSuccess: async (application) => {
      end();
      queries.setQueryData(['/applications', application.id], application);
      void queries.invalidateQueries({ queryKey: ['/drafts'] });
      tell.done(t('apply.submitted', { number: application.number }));
      await navigate(`/applications/${application.id}`);
    },
    onError: (error) => {
      if (isProblem(error)) {
        form.setFields(fieldErrors(error));
      }
      if (!isProblem(error, 'ID_REUSED')) {
        tell.failed(error);
      }
      void queries.invalidateQueries({ queryKey: ['fit'] });
    },
  });

  const discard = useMutation({
    mutationFn: () => api<null>(`/drafts/${start.id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      end();
      void queries.invalidateQueries({ queryKey: ['/drafts'] });
      await (start.revised ? onReload() : navigate('/applications/new'));
    },
    onError: tell.failed,
  });

  /** The same text under an id of its own. */
  const asNew = () => {
    const id = uuid();
    end();
    keepLocally(person, { id, version: 0, values: keepable(values) });
    return navigate(`/applications/new?draft=${id}`);
  };

  const theirs = () => {
    end();
    return onReload();
  };

  return (
    <>
      <PageHead
        back={start.revised ? `/applications/${start.id}` : '/applications'}
        title={
          start.revised
            ? t('apply.reviseTitle', { number: start.revised.number })
            : t('apply.title')
        }
      />
      <Form<DraftValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={start.values}
        scrollToFirstError
        onFinish={(finished) => {
          const order = orderOf(finished);
          if (order) {
            submit.mutate(order);
          }
        }}
      >
        <div className="split">
          <div className="stack">
            <BeginAlert start={start} />
            {saving.kind === 'CONFLICT' && (
              <ConflictAlert
                theirs={saving.theirs}
                onTheirs={() => void theirs()}
                onMine={() => overwrite(saving.theirs)}
                {...(start.revised ? {} : { onBoth: () => void asNew() })}
              />
            )}
            {isProblem(submit.error, 'ID_REUSED') && (
              <Reused id={start.id} onAsNew={() => void asNew()} />
            )}
            <Card title={t('apply.sectionTarget')}>
              <TargetFields />
            </Card>
            <Card title={t('apply.sectionItems')}>
              <CartFields />
            </Card>
            <Card title={t('apply.sectionReason')}>
              <ReasonFields hasTerm={(values.items ?? []).some(beginsTerm)} />
            </Card>
            <AttachmentsField
              id={start.id}
              exists={start.version > 0 || start.revised !== null || saving.kind === 'SAVED'}
              onBefore={ensure}
            />
            <div className="form-foot">
              <Button
                type="primary"
                size="large"
                htmlType="submit"
                loading={submit.isPending}
                disabled={isProblem(refused, 'QUOTA_SHORT') && !hasIdle(refused)}
              >
                {t(start.revised ? 'apply.resubmit' : 'apply.submit')}
              </Button>
              <Popconfirm
                title={t('apply.discardConfirm')}
                okText={t('apply.discard')}
                cancelText={t('common.cancel')}
                onConfirm={() => discard.mutate()}
              >
                <Button size="large" loading={discard.isPending}>
                  {t('apply.discard')}
                </Button>
              </Popconfirm>
              {may('TEMPLATE_EDIT') && <SaveTemplateButton values={values} size="large" />}
              <SavingLine saving={saving} />
            </div>
          </div>
          <aside>
            <FitPanel
              fit={fit}
              onUse={(items) =>
                form.setFieldValue('items', keepLogins(items.map(whole), values.items))
              }
            />
          </aside>
        </div>
      </Form>
    </>
  );
}

/** What the form was filled with, where it did not begin empty. */
function BeginAlert({ start }: { start: Start }) {
  const { t } = useTranslation();
  const { time } = useFormat();
  const { begin, revised } = start;
  const text = {
    NEW: null,
    FILLED: null,
    LOCAL: t('draft.restored'),
    COPY: t('draft.copied'),
    TEMPLATE: t('draft.fromTemplate'),
    DRAFT:
      begin.kind === 'DRAFT'
        ? t('draft.continued', { name: begin.draft.savedBy.name, at: time(begin.draft.savedAt) })
        : null,
  }[begin.kind];
  return (
    <>
      {revised && <ReturnedAlert application={revised} />}
      {text && <Alert type="info" showIcon closable title={text} />}
    </>
  );
}

/** An answer was lost earlier, or the form is open twice: the id already stands for something else. */
function Reused({ id, onAsNew }: { id: string; onAsNew: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('apply.idReused')}
      action={
        <div style={{ display: 'flex', gap: 8 }}>
          <Link to={`/applications/${id}`}>
            <Button size="small" tabIndex={-1}>
              {t('apply.openSubmitted')}
            </Button>
          </Link>
          <Button size="small" type="primary" onClick={onAsNew}>
            {t('apply.submitAsNew')}
          </Button>
        </div>
      }
    />
  );
}

/** User data are never repeated by the server: they stay where every item does. */
function keepLogins(items: Item[], before: Partial<Item>[] = []): Item[] {
  return items.map((item, index) => {
    const was = before.length === items.length ? before[index] : undefined;
    return was && 'userData' in was ? { ...item, userData: was.userData } : item;
  });
}

/** The server's complaints at the fields they are about. */
function fieldErrors(problem: Problem) {
  const byPath = new Map<string, { name: (string | number)[]; errors: string[] }>();
  for (const { pointer, detail } of problem.document.errors ?? []) {
    const name = fieldPath(pointer);
    if (name.length > 0) {
      const entry = byPath.get(pointer) ?? { name, errors: [] };
      entry.errors.push(detail);
      byPath.set(pointer, entry);
    }
  }
  return [...byPath.values()] as { name: never; errors: string[] }[];
}
