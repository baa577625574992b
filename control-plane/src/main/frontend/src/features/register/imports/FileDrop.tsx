import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import type { FileRun } from './useFileRun';

/** Where a file is chosen or dropped; what is chosen is shown in the place of the prompt. */
export function FileDrop({
  file,
  label,
  prompt = label,
  hint,
}: {
  file: Pick<FileRun, 'accept' | 'chosen' | 'choose'>;
  label: string;
  prompt?: string;
  hint: string;
}) {
  return (
    <Upload.Dragger
      accept={file.accept}
      maxCount={1}
      showUploadList={false}
      beforeUpload={file.choose}
      aria-label={label}
    >
      <InboxOutlined style={{ fontSize: 32, color: '#2f6db5' }} />
      <div>{file.chosen ? file.chosen.file.name : prompt}</div>
      <div className="faint">{hint}</div>
    </Upload.Dragger>
  );
}
