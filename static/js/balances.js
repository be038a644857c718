// What would be left while a line is typed: <aside data-balances> with an <output data-after>.

const UNITS = { k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, million: 1e6, bn: 1e9, billion: 1e9 };
const SUM = /^£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?\s*([a-z]+)?$/i;

/** Keep the balances beside a form as they would be with the line that is being typed. */
export function showBalances() {
  const place = document.querySelector("[data-balances]");
  const form = document.querySelector("form[data-unsaved]");
  if (!place || !form) {
    return;
  }
  const show = () => {
    place.querySelector("[data-after]").textContent = after(place, new FormData(form));
  };
  form.addEventListener("input", show);
  show();
}

function after(place, typed) {
  const amount = amountOf(typed);
  if (!amount) {
    return "";
  }
  const category = typed.get("category") || "";
  const rows = [...place.querySelectorAll("[data-left]")];
  const own = rows.find((row) => category && row.dataset.category === category);
  const row = own || rows.find((each) => !each.dataset.category);
  const sign = place.dataset.gives === "back" ? 1 : -1;
  const left = Math.round(Number(row.dataset.left) * 100) + sign * amount;
  const words = left < 0 ? "is more than is left" : "is then left";
  return `${pounds(left)} of ${row.dataset.name} ${words}.`;
}

function amountOf(typed) {
  const net = pence(typed.get("net"));
  const isLost = typed.get("is_vat_recovered") === "no";
  return net && isLost ? pence(typed.get("gross")) || net + (pence(typed.get("vat")) || 0) : net;
}

function pence(text) {
  const found = SUM.exec((text || "").trim());
  const unit = found?.[3] ? UNITS[found[3].toLowerCase()] : 1;
  return found && unit ? Math.round(Number(found[1].replaceAll(",", "") + (found[2] || "")) * unit * 100) : 0;
}

function pounds(amount) {
  const words = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
  return words.format(amount / 100).replace("-", "−");
}
