-- Says where the rows of a table lie: 'reference' (small, on every machine), 'distributed' (by the given column, beside `beside` where given)
-- or 'local' (one machine; does nothing). Without the Citus extension nothing happens at all, so that the same migrations serve one machine and many.
-- Order in a migration: create the table, then this, then foreign keys that were not part of the table, then indexes.
create function app_distribute(table_name regclass, kind text, key_column text default null, beside text default null) returns void
language plpgsql as $$
begin
  if kind not in ('reference', 'local', 'distributed') or (kind = 'distributed') <> (key_column is not null) then
    raise exception 'app_distribute(%): kind is reference, local or distributed, and only distributed names a column', table_name;
  end if;
  if kind = 'local' or not exists (select 1 from pg_extension where extname = 'citus') then
    return;
  end if;
  if kind = 'reference' then
    execute format('select create_reference_table(%L)', table_name::text);
  else
    execute format('select create_distributed_table(%L, %L, colocate_with => %L)', table_name::text, key_column, coalesce(beside, 'default'));
  end if;
end
$$;
