export function HiddenFields({ fields }: { fields: Readonly<Record<string, string | number | null | undefined>> }) {
  return Object.entries(fields).map(([name, value]) =>
    value === null || value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
  );
}
