export function NotFoundIllustration() {
  return (
    <svg className="empty-page" viewBox="0 0 240 170" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round">
        <path d="M38 22 L196 14 L202 150 L44 158 Z" />
        <path d="M44 158 L50 162 L207 154 L202 150" />
        <path strokeWidth="5" d="M62 37 L174 31" />
        <path d="M52 48 L187 41 M52.5 52 L187.5 45" />
        <path className="empty-page-cut" strokeDasharray="5 5" d="M54 64 L128 60 L131 123 L57 127 Z" />
        <path d="M143 60 L188 57.5 M143.5 68 L188.5 65.5 M144 76 L180 74 M144.5 84 L189 81.5 M145 92 L189.5 89.5 M145.4 100 L176 98.4" />
        <path d="M146 112 L190.5 109.5 M146.5 120 L191 117.5 M147 128 L191.5 125.5 M147.4 136 L183 134" />
        <path d="M58 137 L131.5 133 M58.5 145 L110 142" />
      </g>
      <g className="empty-page-cut" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
        <circle cx="24" cy="104" r="6" />
        <circle cx="29" cy="120" r="6" />
        <path d="M29 101 L57 87 M34 116 L57 94" />
      </g>
    </svg>
  );
}
