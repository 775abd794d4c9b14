import { Button } from 'antd'
import { useNavigate } from 'react-router'
import type { Write } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import type { Import, importsApi } from '../api.ts'

/** From a dry run to the import itself, with the same file and mapping. */
export function StartLink({ of, fileId, start }: { of: Import; fileId: string; start: Write<typeof importsApi.start> }) {
  const t = useWords('imports')
  const navigate = useNavigate()
  return (
    <Button
      type="primary"
      loading={start.pending}
      onClick={() =>
        void start
          .send({ importer: of.importer, fileId, mapping: of.mapping, dryRun: false })
          .then(({ id }) => navigate(`/import?run=${id}`))
          .catch(() => {})
      }
    >
      {t('importNow')}
    </Button>
  )
}
