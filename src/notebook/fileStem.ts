const LONGEST = 80;

/** A name for a file, without extension, of whatever people call a result: what some system refuses becomes a dash. */
export function fileStem(title: string): string {
  const plain = title
    .replace(/[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^[\s.-]+|[\s.-]+$/g, '');
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `result-${plain}`.replace(/-$/, '') : plain;
}
