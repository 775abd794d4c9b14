import { Button, Select, Tag } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api as customers } from '#modules/customers/api.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'

/** Which products answer a need of the register. */
export function NeedProducts({ needId, productCodes, manages }: { needId: string; productCodes: readonly string[]; manages: boolean }) {
  const t = useWords('orders')
  const notice = useNotice()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const products = usePages(ordersApi.products, { limit: 20, ...(search === '' ? {} : { search: search.slice(0, 100) }) })
  const link = useWrite(customers.linkProduct, { alsoChanges: ['orders'] })
  const unlink = useWrite(customers.unlinkProduct, { alsoChanges: ['orders'] })
  const remove = (productCode: string) => void unlink.send({ needId, productCode }).catch(notice.refused)
  return (
    <>
      {productCodes.length === 0 && <p className="muted">{t('needs.noProduct')}</p>}
      {productCodes.map((code) => (
        <span key={code} className="row">
          <Tag>{code}</Tag>
          {manages && (
            <Button size="small" type="text" aria-label={t('needs.unlink', { code })} onClick={() => remove(code)}>
              ×
            </Button>
          )}
        </span>
      ))}
      {manages && (
        <Select
          className="wide"
          value={null}
          placeholder={t('needs.link')}
          aria-label={t('needs.link')}
          showSearch={{ filterOption: false, onSearch: setText }}
          options={products.items
            .filter(({ code }) => !productCodes.includes(code))
            .map(({ code, name }) => ({ value: code, label: name ? `${code} · ${name}` : code }))}
          onChange={(productCode: string) => void link.send({ needId, productCode }).catch(notice.refused)}
        />
      )}
    </>
  )
}
