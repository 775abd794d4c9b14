import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { download } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Detail } from './shown.ts'

/** The files that go with a case, each to be opened. */
export function CaseFiles({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  if (found.files.length === 0) return null
  const open = (fileId: string) => void download(casesApi.file, { caseId: found.id, fileId }).catch(notice.refused)
  return (
    <Section title={t('field.files')}>
      <ul className="plain-list">
        {found.files.map(({ fileId, name, bytes, at, by }) => (
          <li key={fileId}>
            <Button type="link" size="small" icon={<PaperClipOutlined />} onClick={() => open(fileId)}>
              {`${name} (${format.bytes(bytes)})`}
            </Button>{' '}
            <small className="muted">{`${format.instant(at)} · ${people.nameOf(by)}`}</small>
          </li>
        ))}
      </ul>
    </Section>
  )
}
