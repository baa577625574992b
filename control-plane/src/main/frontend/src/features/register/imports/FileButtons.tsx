import { CheckCircleOutlined, CloudUploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { FileRun } from './useFileRun';

/** Checks the chosen file, and carries it out only once it was checked. */
export function FileButtons({
  file,
  ready,
  check,
  run,
}: {
  file: Pick<FileRun, 'checking' | 'carryingOut' | 'checked' | 'start'>;
  /** Whether all that is needed is there. */
  ready: boolean;
  check: string;
  run: string;
}) {
  return (
    <div style={{ display: 'flex', gap: 8, marginTop: 16 }}>
      <Button
        icon={<CheckCircleOutlined />}
        disabled={!ready}
        loading={file.checking}
        onClick={() => file.start(true)}
      >
        {check}
      </Button>
      <Button
        type="primary"
        icon={<CloudUploadOutlined />}
        disabled={!ready || !file.checked}
        loading={file.carryingOut}
        onClick={() => file.start(false)}
      >
        {run}
      </Button>
    </div>
  );
}
