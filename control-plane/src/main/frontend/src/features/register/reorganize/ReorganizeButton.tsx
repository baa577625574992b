import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BusinessSystem, Unit } from '@/shared/api/types';
import { type Kind, ReorganizeDialog } from './ReorganizeDialog';

/** Opens the dialog by which a system or a unit is moved, or a unit dissolved. */
export function ReorganizeButton({
  kind,
  subject,
}: {
  kind: Kind;
  subject: BusinessSystem | Unit;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button danger={kind === 'dissolution'} onClick={() => setOpen(true)}>
        {t(`reorganize.${kind}.open`)}
      </Button>
      {open && <ReorganizeDialog kind={kind} subject={subject} onClose={() => setOpen(false)} />}
    </>
  );
}
