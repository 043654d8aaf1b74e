/* Made by `make view` from explorer/view/. Parts of D3 are in it:

Copyright 2010-2026 Mike Bostock

Permission to use, copy, modify, and/or distribute this software for any purpose
with or without fee is hereby granted, provided that the above copyright notice
and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS
OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER
TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.
*/
function F(t,e,n=[]){for(let[r,o]of Object.entries(e))r.startsWith("on")?t.addEventListener(r.slice(2),o):o===
!0?t.setAttribute(r,""):o!==!1&&o!=null&&t.setAttribute(r,o);return t.append(...n),t}var d=(t,e={},...n)=>F(document.
createElement(t),e,n),p=(t,e={},...n)=>F(document.createElementNS("http://www.w3.org/2000/svg",t),e,n),M=(t,...e)=>d(
"div",{class:t},...e),k=(t,...e)=>d("span",{class:t},...e),$=(t,e,n={})=>d("button",{type:"button",onclick:e,...n},
t),fe=t=>p("svg",{viewBox:"0 0 16 16","aria-hidden":"true"},p("path",{d:t})),C=(t,e,n,r,o={})=>p("text",{x:t,y:e,
"text-anchor":n,...o},r),vt=t=>({nodes:t.flatMap(e=>e.nodes),draw:e=>t.forEach(n=>n.draw(e))});function x(){let t=null;
return(...e)=>{let n=t?.length===e.length&&e.every((r,o)=>Object.is(r,t[o]));return t=e,!n}}var En=0,G=()=>`em\
-${En+=1}-${Math.random().toString(36).slice(2)}`,w=(t,e)=>t.textContent===e||(t.textContent=e),T=(t,e)=>t.setAttribute(
"aria-disabled",String(!e)),Q=(t,e)=>t.setAttribute("aria-pressed",String(e));function $t(t,e,n){(t.options.length!==
e.length||e.some((r,o)=>t.options[o].text!==r))&&t.replaceChildren(...e.map((r,o)=>d("option",{value:o},r))),t.
value=n}function Et(t,e,n){let r=window.devicePixelRatio||1;t.width=Math.round(e*r),t.height=Math.round(n*r);let o=t.
getContext("2d");return o.setTransform(r,0,0,r,0,0),o}function Y(t,[e,n],r){(t.width!==n||t.height!==e)&&Object.
assign(t,{width:n,height:e});let o=t.getContext("2d"),i=o.createImageData(n,e);i.data.fill(255);for(let a=0;a<
e*n;a++)i.data.set(r(a),4*a);o.putImageData(i,0,0)}function U(t,{clientX:e,clientY:n}){let r=t.getBoundingClientRect();
return[e-r.left,n-r.top]}function he({act:t}){let e=d("div",{class:"em-scenes",role:"group","aria-label":"Scenes"}),n=d("p",{class:"em-\
told"}),r=x();return{nodes:[e,n],draw(o){let i=o.scenes.map(a=>a.name);e.hidden=i.length<2,r(i.join(`
`))&&e.replaceChildren(...i.map((a,s)=>$(a,()=>t.goScene(s)))),[...e.children].forEach((a,s)=>Q(a,s===o.at.scene)),
w(n,o.scene.told??""),n.hidden=!o.scene.told}}}var me={first:"M3 3h2v10H3zM13 3v10L6 8z",back:"M11 3v10L4 8z",
play:"M4 2l10 6-10 6z",pause:"M4 2h3v12H4zM9 2h3v12H9z",on:"M5 3l7 5-7 5z",last:"M11 3h2v10h-2zM3 3l7 5-7 5z"},
st={slow:1400,medium:700,fast:250,"very fast":80};function pe(t){let{nodes:e,draw:n}=vt([Nn(t),Sn(t),Pn(t)]);return{
nodes:[d("div",{class:"em-bar",role:"group","aria-label":"Playing"},...e)],draw:n}}function Nn({act:t,view:e}){
let n=(u,c,l)=>$(fe(me[u]),l,{class:"em-icon",title:c,"aria-label":c}),r=n("first","To the start (Home)",()=>t.
step(-1/0)),o=n("back","Half a step back (Left)",()=>t.step(-1)),i=n("play","Play (Space)",()=>t.toggle()),a=n(
"on","Half a step forward (Right)",()=>t.step(1)),s=n("last","To the end (End)",()=>t.step(1/0));return{nodes:[
M("em-buttons",r,o,i,a,s)],draw({at:u,last:c}){let l=!e.gated;[r,o].forEach(m=>T(m,l&&u.frame>0)),[a,s].forEach(
m=>T(m,l&&(u.frame<c||e.moved))),T(i,l&&(c>0||e.moved));let f=e.playing?"Pause (Space)":"Play (Space)";F(i,{title:f,
"aria-label":f}),i.querySelector("path").setAttribute("d",me[e.playing?"pause":"play"])}}}function Sn({act:t,view:e}){
let r=d("input",{type:"range",min:0,step:1,"aria-label":"Half-steps",oninput:()=>t.step(+r.value-r.dataset.at)}),
o=p("svg",{class:"em-ticks",preserveAspectRatio:"none","aria-hidden":"true"}),i=x();return{nodes:[M("em-scrub",
r,o)],draw({at:a,last:s,frame:u,run:c}){Object.assign(r,{max:s,value:a.frame,disabled:e.gated}),r.dataset.at=a.
frame,r.setAttribute("aria-valuetext",`iteration ${u.iteration}, ${An[u.half]}`),i(c)&&On(o,c)}}}var An={start:"\
start",E:"after E",M:"after M"};function On(t,e){let n=Math.max(1,e.frames.length-1),r=Math.ceil(n/120),o=({laws:s},u)=>s.
some(c=>c.ok===!1)||e.error&&u===n,i=s=>Math.floor(s/2)%r===0,a=(s,u,c)=>{let l=e.frames.map((f,m)=>c(f,m)?`M${m}\
,0V${u}`:"").join("");return p("path",{class:s,d:l,"vector-effect":"non-scaling-stroke"})};t.setAttribute("vie\
wBox",`0 0 ${n} 10`),t.replaceChildren(a("em-tick-e",4,(s,u)=>s.half==="E"&&i(u)),a("em-tick-m",8,(s,u)=>s.half!==
"E"&&i(u)),a("em-tick-bad",10,o))}function Pn({act:t,view:e}){let n=d("select",{onchange:()=>t.setSpeed(st[n.selectedOptions[0].
text])});$t(n,Object.keys(st),Object.values(st).indexOf(e.speed));let r=d("select",{onchange:()=>t.goRun(+r.value)}),
o=d("input",{type:"number",min:0,step:1,value:1}),i=()=>e.gated||t.ask({do:"seed",seed:Math.max(0,Math.round(+o.
value)||0)});o.addEventListener("keydown",c=>c.key==="Enter"&&i());let a=$("New start",i),s=d("label",{},"Run ",
r),u=k("em-pair",d("label",{},"Seed ",o),a);return{nodes:[M("em-settings",d("label",{},"Speed ",n),s,u)],draw({
scene:c,at:l}){$t(r,c.runs.map((f,m)=>`${m}: ${f.name}`),l.run),s.hidden=c.runs.length<2,u.hidden=!c.may_start,
T(a,!e.gated)}}}var de={points:["points change colour","components move"],pictures:["frames change colour","co\
mponents move"],digits:["digits change colour","images sharpen"]},In={E:'<circle cx="5" cy="10" r="3"/><circle\
 cx="12" cy="5" r="3" class="em-hollow"/><circle cx="19" cy="10" r="3"/>',M:'<ellipse cx="6" cy="8" rx="5" ry=\
"3.5" class="em-hollow em-dash"/><path d="M6 8h12M15 5l3 3-3 3" class="em-hollow"/>'};function ge({act:t}){let e=k(
"em-iteration"),n=["E","M"].map(u=>{let c=p("svg",{viewBox:"0 0 24 16"});return c.innerHTML=In[u],{letter:u,text:k(
""),node:k("em-half",c,d("b",{},u))}});n.forEach(({node:u,text:c})=>u.append(c));let r=d("span",{class:"em-pai\
r","aria-hidden":"true"},e,...n.map(u=>u.node)),o=u=>d("select",{onchange:c=>t.setPlane(u,+c.target.value)}),i=[
o(0),o(1)],a=k("em-pair",d("label",{},"Across ",i[0]),d("label",{},"Up ",i[1])),s=k("em-hint");return{nodes:[M(
"em-halves",r,a,s)],draw({scene:u,frame:c,plane:l,D:f}){let m=u.kind==="digits";w(e,c.half==="start"?"Start":`\
Iteration ${c.iteration}`),n.forEach(({letter:h,text:b,node:g},E)=>{w(b,(de[u.kind]??de.points)[E]),g.classList.
toggle("em-now",c.half===h)}),a.hidden=m||f<3,a.hidden||i.forEach((h,b)=>$t(h,u.axes,l[b])),w(s,!m&&t.mayMove()?
"Drag a mean to start elsewhere":"")}}}var Ln=Math.log(2*Math.PI),v=t=>t??NaN,S=(t,e,n)=>Math.min(Math.max(t,e),n),A=(t,e)=>Array.from({length:t},(n,r)=>e(
r));function Ht(t){let e=Math.max(...t);return Number.isFinite(e)?e+Math.log(t.reduce((n,r)=>n+Math.exp(r-e),0)):
e}function Fn(t){let e=t.map(()=>[]);for(let n=0;n<t.length;n++)for(let r=0;r<=n;r++){let o=v(t[n][r]);for(let i=0;i<
r;i++)o-=e[n][i]*e[r][i];if(n===r&&!(o>0&&o<1/0))return null;e[n][r]=n===r?Math.sqrt(o):o/e[r][r]}return e}function Cn(t,e,n){
let r=Fn(n);if(!r)return NaN;let o=[],i=t.length*Ln;for(let a=0;a<t.length;a++){let s=t[a]-v(e[a]);for(let u=0;u<
a;u++)s-=r[a][u]*o[u];o[a]=s/r[a][a],i+=o[a]**2+2*Math.log(r[a][a])}return-i/2}var ye=(t,e)=>e.weights.map((n,r)=>Math.
log(v(n))+Cn(t,e.means[r],e.covariances[r]));function Nt(t,e,n,r=()=>!0){return e.map((o,i)=>{let a=Math.log(v(
o));for(let s=0;s<t.length;s++){let u=n[i*t.length+s];r(s)&&(a+=t[s]?Math.log(u):Math.log1p(-u))}return a})}function St(t){
let e=Ht(t);return t.map(n=>Math.exp(n-e))}function be(t,e,n,r){let o=t.length,i=a=>e.reduce((s,u,c)=>s+u*n[c*
o+a],0);return Float64Array.from(t,(a,s)=>r(s)?a:i(s))}function J(t){let e=-1;for(let n=0;n<t.length;n++)t[n]>
(e<0?0:t[e])&&(e=n);return e}function Me([t,e,n],r,o){let[i,a,s]=[t*r*r,e*r*o,n*o*o];if(![i,a,s].every(Number.
isFinite))return null;let u=Math.hypot((i-s)/2,a),[c,l]=[(i+s)/2+u,(i+s)/2-u].map(f=>Math.sqrt(Math.max(f,0)));
return{rx:c,ry:l,angle:Math.atan2(2*a,i-s)*90/Math.PI}}var Wt=t=>[1,3,5].map(e=>parseInt(t.slice(e,e+2),16));function At(t,e,n=1){let r=[0,0,0];for(let o=0;o<t.length;o++)
for(let i=0;i<3;i++)r[i]+=n*t[o]*e[o%e.length][i];return`rgb(${r.map(o=>Math.round(S(o,0,255))).join(",")})`}function xe(t){
let e=i=>i<=.04045?i/12.92:((i+.055)/1.055)**2.4,[n,r,o]=t.map(i=>e(i/255));return .2126*n+.7152*r+.0722*o}function we(t){
let n=(getComputedStyle(t).backgroundColor.match(/[\d.]+/g)??[255,255,255]).slice(0,3).map(Number),r=xe(n)<.2;
t.dataset.theme=r?"dark":"light";let o=getComputedStyle(t).getPropertyValue("--em-edge").trim();return r?{paper:n,
edge:o,ink:[236,236,236],guess:[255,176,92],unknown:"#8a8a8a"}:{paper:n,edge:o,ink:[28,28,28],guess:[158,70,0],
unknown:"#9a9a9a"}}var Kt=(t,e,n)=>t.map((r,o)=>r+(e[o]-r)*n),B=(t,e,n=t.ink)=>Kt(t.paper,n,S(e||0,0,1));var ct=(t,e,n)=>S(Math.round(t)||0,e,n),Tn=(t,e)=>t.frames.findLastIndex(({half:n},r)=>r<=e&&n==="E"),Gt=65535,
_t=new WeakMap;function Ot(t,e){if(!t)return null;if(!_t.has(t)){let n=t.byteOffset??0;_t.set(t,new e((t.buffer??
t).slice(n,n+t.byteLength)))}return _t.get(t)}var q=(t,e,n)=>t&&e>=0?t.subarray(e*n,(e+1)*n):null,Vt=new WeakMap;
function ke(t,e,n){if(!t||e<0)return null;Vt.has(t)||Vt.set(t,new Map);let r=Vt.get(t);return r.has(e)||r.set(
e,q(t,e,n)),r.get(e)}function Qt(t){let e=Rn(t("scenes")??[],t("at")??{});if(!e)return null;let{N:n,K:r,D:o}=e.
scene;return{...e,N:n,K:r,D:o,...Dn(e,t("arrays")??{}),look:t("look"),colours:t("look").palette.map(Wt),plane:qn(
t("plane"),o),point:ct(t("point")??-1,-1,n-1),ask:t("ask")??{},prediction:t("prediction"),outcome:t("outcome"),
seenEnd:t("seen_end"),trouble:t("trouble")}}function Rn(t,e){let n=ct(e.scene,0,t.length-1),r=t[n],o=ct(e.run,
0,(r?.runs.length??0)-1),i=r?.runs[o];if(!i?.frames.length)return null;let a=i.frames.length-1,s={scene:n,run:o,
frame:ct(e.frame,0,a)};return{scenes:t,scene:r,run:i,at:s,last:a,frame:i.frames[s.frame]}}function Dn({scene:{
N:t,K:e,D:n},run:r,at:o,frame:i},a){let s=`${o.scene}/${o.run}`,u=Ot(a[`${s}/resp`],Uint16Array),c=Ot(a[`${s}/\
params`],Float32Array),l=h=>ke(c,r.frames[h].params??-1,e*n),f=Tn(r,o.frame),m=f<0?o.frame:f;return{points:Ot(
a[`${o.scene}/points`],Float32Array),bits:Ot(a[`${o.scene}/bits`],Uint8Array),tiles:a[`${o.scene}/tiles`],resp:i.
half==="start"?null:ke(u,i.resp,t*e),params:l(o.frame),sourceParams:l(m),sourceFrame:r.frames[m]}}function qn(t,e){
let[n,r]=(t??[0,1]).map(o=>ct(o,0,e-1));return n===r?[0,Math.min(1,e-1)]:[n,r]}function Pt(t,e){let n=q(t.resp,
e,t.K),r=n?.every(o=>o===0);return n&&Array.from(n,(o,i)=>r&&t.sourceFrame.counts[i]===null?NaN:o/Gt)}var Z=(t,e)=>t.
scene.rows?.[e]??e,jn={points:"point",pictures:"picture",digits:"digit"},X=t=>jn[t.scene.kind]??"point",tt=t=>t.
scene.kind==="digits"?Math.max(0,t.point):t.point;var ut=(t,e,n=1)=>A(t,r=>(e+360*r/t)*(Math.PI/180)).map(r=>[n*Math.cos(r),n*Math.sin(r)]),ve=[[1,3],[1,1],[3,1],
[3,-1],[1,-1],[1,-3],[-1,-3],[-1,-1],[-3,-1],[-3,1],[-1,1],[-1,3]].map(([t,e])=>[t*.37,e*.37]),zn=t=>t.map(([e,
n])=>[(e-n)*Math.SQRT1_2,(e+n)*Math.SQRT1_2]),Un={s:ut(4,45,1.2),"^":ut(3,90,1.35),D:ut(4,90,1.25),v:ut(3,270,
1.35),P:ve,X:zn(ve),p:ut(5,90,1.15)};function H(t,e){let n=Un[t];return n?`M${n.map(([r,o])=>`${(r*e).toFixed(
2)},${(-o*e).toFixed(2)}`).join("L")}z`:`M${-e},0a${e},${e} 0 1,0 ${2*e},0a${e},${e} 0 1,0 ${-2*e},0z`}var W=(t,e)=>t.
look.palette[e%t.look.palette.length],lt=(t,e)=>t.look.markers[e%t.look.markers.length],Yt=(t,e)=>A(t.K,n=>new Path2D(
H(lt(t,n),e))),ft=(t,e,n=14)=>p("svg",{class:"em-mark",viewBox:"-10 -10 20 20",width:n,height:n,"aria-hidden":"\
true"},p("path",{d:H(lt(t,e),6.5),fill:W(t,e)}));function mt(t,e,n){let r=`width:${(100*(n||0)).toFixed(2)}%;b\
ackground:${W(t,e)}`;return d("span",{class:"em-track","aria-hidden":"true"},d("span",{class:"em-fill",style:r}))}function Bn(t){return Math.abs(t=Math.round(t))>=1e21?t.toLocaleString("en").replace(/,/g,""):t.toString(10)}function Lt(t,e){
if(!isFinite(t)||t===0)return null;var n=(t=e?t.toExponential(e-1):t.toExponential()).indexOf("e"),r=t.slice(0,
n);return[r.length>1?r[0]+r.slice(2):r,+t.slice(n+1)]}function et(t){return t=Lt(Math.abs(t)),t?t[1]:NaN}function Hn(t,e){
return function(n,r){for(var o=n.length,i=[],a=0,s=t[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(
o-=s,o+s)),!((u+=s+1)>r));)s=t[a=(a+1)%t.length];return i.reverse().join(e)}}function Wn(t){return function(e){
return e.replace(/[0-9]/g,function(n){return t[+n]})}}var Kn=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function dt(t){if(!(e=Kn.exec(t)))throw new Error("invalid format: "+t);var e;return new Jt({fill:e[1],align:e[2],
sign:e[3],symbol:e[4],zero:e[5],width:e[6],comma:e[7],precision:e[8]&&e[8].slice(1),trim:e[9],type:e[10]})}dt.
prototype=Jt.prototype;function Jt(t){this.fill=t.fill===void 0?" ":t.fill+"",this.align=t.align===void 0?">":
t.align+"",this.sign=t.sign===void 0?"-":t.sign+"",this.symbol=t.symbol===void 0?"":t.symbol+"",this.zero=!!t.
zero,this.width=t.width===void 0?void 0:+t.width,this.comma=!!t.comma,this.precision=t.precision===void 0?void 0:
+t.precision,this.trim=!!t.trim,this.type=t.type===void 0?"":t.type+""}Jt.prototype.toString=function(){return this.
fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.
comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function _n(t){
t:for(var e=t.length,n=1,r=-1,o;n<e;++n)switch(t[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:
if(!+t[n])break t;r>0&&(r=0);break}return r>0?t.slice(0,r)+t.slice(o+1):t}var Ft;function Vn(t,e){var n=Lt(t,e);
if(!n)return Ft=void 0,t.toPrecision(e);var r=n[0],o=n[1],i=o-(Ft=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+
1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-
i).join("0")+Lt(t,Math.max(0,e+i-1))[0]}function $e(t,e){var n=Lt(t,e);if(!n)return t+"";var r=n[0],o=n[1];return o<
0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("\
0")}var Ee={"%":(t,e)=>(t*100).toFixed(e),b:t=>Math.round(t).toString(2),c:t=>t+"",d:Bn,e:(t,e)=>t.toExponential(
e),f:(t,e)=>t.toFixed(e),g:(t,e)=>t.toPrecision(e),o:t=>Math.round(t).toString(8),p:(t,e)=>$e(t*100,e),r:$e,s:Vn,
X:t=>Math.round(t).toString(16).toUpperCase(),x:t=>Math.round(t).toString(16)};function Ne(t){return t}var Se=Array.
prototype.map,Ae=["y","z","a","f","p","n","\xB5","m","","k","M","G","T","P","E","Z","Y"];function Gn(t){var e=t.
grouping===void 0||t.thousands===void 0?Ne:Hn(Se.call(t.grouping,Number),t.thousands+""),n=t.currency===void 0?
"":t.currency[0]+"",r=t.currency===void 0?"":t.currency[1]+"",o=t.decimal===void 0?".":t.decimal+"",i=t.numerals===
void 0?Ne:Wn(Se.call(t.numerals,String)),a=t.percent===void 0?"%":t.percent+"",s=t.minus===void 0?"\u2212":t.minus+
"",u=t.nan===void 0?"NaN":t.nan+"";function c(f,m){f=dt(f);var h=f.fill,b=f.align,g=f.sign,E=f.symbol,O=f.zero,
R=f.width,Bt=f.comma,j=f.precision,se=f.trim,P=f.type;P==="n"?(Bt=!0,P="g"):Ee[P]||(j===void 0&&(j=12),se=!0,P=
"g"),(O||h==="0"&&b==="=")&&(O=!0,h="0",b="=");var kn=(m&&m.prefix!==void 0?m.prefix:"")+(E==="$"?n:E==="#"&&/[boxX]/.
test(P)?"0"+P.toLowerCase():""),vn=(E==="$"?r:/[%p]/.test(P)?a:"")+(m&&m.suffix!==void 0?m.suffix:""),ce=Ee[P],
$n=/[defgprs%]/.test(P);j=j===void 0?6:/[gprs]/.test(P)?Math.max(1,Math.min(21,j)):Math.max(0,Math.min(20,j));
function ue(y){var z=kn,I=vn,V,le,xt;if(P==="c")I=ce(y)+I,y="";else{y=+y;var wt=y<0||1/y<0;if(y=isNaN(y)?u:ce(
Math.abs(y),j),se&&(y=_n(y)),wt&&+y==0&&g!=="+"&&(wt=!1),z=(wt?g==="("?g:s:g==="-"||g==="("?"":g)+z,I=(P==="s"&&
!isNaN(y)&&Ft!==void 0?Ae[8+Ft/3]:"")+I+(wt&&g==="("?")":""),$n){for(V=-1,le=y.length;++V<le;)if(xt=y.charCodeAt(
V),48>xt||xt>57){I=(xt===46?o+y.slice(V+1):y.slice(V))+I,y=y.slice(0,V);break}}}Bt&&!O&&(y=e(y,1/0));var kt=z.
length+y.length+I.length,D=kt<R?new Array(R-kt+1).join(h):"";switch(Bt&&O&&(y=e(D+y,D.length?R-I.length:1/0),D=
""),b){case"<":y=z+y+I+D;break;case"=":y=z+D+y+I;break;case"^":y=D.slice(0,kt=D.length>>1)+z+y+I+D.slice(kt);break;default:
y=D+z+y+I;break}return i(y)}return ue.toString=function(){return f+""},ue}function l(f,m){var h=Math.max(-8,Math.
min(8,Math.floor(et(m)/3)))*3,b=Math.pow(10,-h),g=c((f=dt(f),f.type="f",f),{suffix:Ae[8+h/3]});return function(E){
return g(b*E)}}return{format:c,formatPrefix:l}}var It,ht,Zt;Qn({thousands:",",grouping:[3],currency:["$",""]});
function Qn(t){return It=Gn(t),ht=It.format,Zt=It.formatPrefix,It}function Oe(t){return Math.max(0,-et(Math.abs(
t)))}function Pe(t,e){return Math.max(0,Math.max(-8,Math.min(8,Math.floor(et(e)/3)))*3-et(Math.abs(t)))}function Ie(t,e){
return t=Math.abs(t),e=Math.abs(e)-t,Math.max(0,et(e)-et(t))+1}var Yn=t=>t.replace(/./g,e=>e==="-"?"\u207B":"\u2070\xB9\xB2\xB3\u2074\u2075\u2076\u2077\u2078\u2079"[e]),Le=t=>t===
0?"":`\xB710${Yn(String(t))}`;function Fe(t){let[e,n]=t.split("e");return`${e}${Number(e)===0?"":Le(Number(n))}`}
var Jn=[0,1,2,3].map(t=>ht(`.${t}f`)),N=(t,e=1)=>Number.isFinite(t)?Jn[e](t):"not finite";function Xt(t){if(Number.
isNaN(t))return"NaN";if(!Number.isFinite(t))return t<0?"0":"infinite";let e=Math.floor(t/Math.LN10+1e-12);if(e>=
-3&&e<4)return Math.exp(t).toPrecision(4);let[n,r]=Math.exp(t-e*Math.LN10).toExponential(3).split("e");return`${n}${Le(
e+Number(r))}`}var pt=24;function Ce(t){let e=[Zn(t),Xn(t)],n=M("em-panel",...e.flatMap(r=>r.nodes));return{nodes:[n],draw(r){
n.hidden=r.scene.kind!=="digits",n.dataset.half=r.frame.half,!n.hidden&&r.bits&&e.forEach(o=>o.draw(r))}}}function Zn({
view:t}){let e=d("ul",{class:"em-images"}),n=(a,s)=>k("em-caption",ft(a,s),` ${s} `,mt(a,s,0),k("em-num")),r=(a,s)=>d(
"li",{},d("canvas",{role:"img"}),n(a,s)),o={list:x(),values:x()};function i(a,s,u){let c=v(a.frame.weights[u]);
Y(s.firstChild,a.scene.shape,l=>B(t.theme,a.params?.[u*a.D+l])),s.firstChild.setAttribute("aria-label",`Image \
of component ${u}, weight ${N(c,3)}`),s.querySelector(".em-fill").style.width=`${(100*c||0).toFixed(1)}%`,w(s.
querySelector(".em-num"),N(c,2))}return{nodes:[e],draw(a){o.list(a.at.scene,a.K)&&e.replaceChildren(...A(a.K,s=>r(
a,s))),o.values(a.params,a.frame,t.theme)&&[...e.children].forEach((s,u)=>i(a,s,u))}}}function Xn({act:t,view:e}){
let n=d("div",{class:"em-digits",role:"group","aria-label":"Digits to choose from"}),r=$("Other digits",()=>t.
nextDigits()),o={list:x(),colours:x()};function i(s,u){let c=d("canvas",{"aria-hidden":"true"}),l=q(s.bits,u,s.
D);return Y(c,s.scene.shape,f=>B(e.theme,l[f])),F($(c,()=>t.setPoint(u),{"data-row":u}),{},[k("em-badge")])}function a(s,u){
let c=+u.dataset.row,l=Pt(s,c),f=l?J(l):-1;u.style.setProperty("--colour",f<0?"var(--line)":At(l,s.colours)),u.
lastChild.replaceChildren(...f<0?[]:[ft(s,f,12)]),u.setAttribute("aria-label",`Digit ${Z(s,c)}${f<0?"":`, most\
ly component ${f}`}`)}return{nodes:[M("em-row em-head",d("b",{},"Digits"),r),n],draw(s){let u=e.page*pt%s.N,c=Math.
min(pt,s.N-u),l=o.list(s.bits,u,e.theme);l&&n.replaceChildren(...A(c,f=>i(s,u+f))),(o.colours(s.resp)||l)&&[...n.
children].forEach(f=>a(s,f)),[...n.children].forEach(f=>Q(f,+f.dataset.row===tt(s))),r.hidden=s.N<=pt}}}var tr=15e3,Te=()=>({theme:null,gated:!1,later:!1,playing:!1,speed:st.medium,hovered:-1,moved:null,playNext:!1,
silence:"",closeUp:!1,erased:new Set,page:0}),er=t=>({go(e){let{at:n,last:r}=t.now;t.view.gated||(t.view.moved&&
e>n.frame?t.act.start():S(e,0,r)!==n.frame&&t.put("at",{...n,frame:S(e,0,r)}))},step(e){t.act.stop(),t.act.go(
t.now.at.frame+e)},goRun(e){t.act.stop();let n=t.now.scene.runs[e].frames.length-1;t.put("at",{...t.now.at,run:e,
frame:Math.min(t.now.at.frame,n)})},goScene(e){t.act.stop(),t.put("point",-1),t.put("at",{scene:e,run:0,frame:0})}});
function nr(t){let e=0,{act:n,view:r}=t,o=()=>{n.go(t.now.at.frame+1),t.now.at.frame<t.now.last?e=setTimeout(o,
r.speed):n.pause()};return{play(){e=setTimeout(o,r.speed),t.change({playing:!0})},stop(){clearTimeout(e),r.playing=
!1},pause(){n.stop(),t.draw()},toggle(){if(!r.gated){if(r.playing)return n.pause();if(r.moved)return n.start(!0);
t.now.at.frame===t.now.last&&n.go(0),n.play()}},setSpeed:i=>{r.speed=i}}}function rr(t){let e=0,{act:n,view:r}=t;
return{mayMove:()=>!!(t.now?.scene.may_start&&!r.gated),moveMean(o,[i,a]){n.stop();let s=(r.moved??t.now.frame.
means).map(u=>[...u]);[s[o][t.now.plane[0]],s[o][t.now.plane[1]]]=[i,a],t.change({moved:s})},putBack(){t.change(
{moved:null}),t.focus()},start(o=!1){if(!r.moved)return;r.playNext=o;let{run:i,frame:a}=t.now.at;n.ask({...a===
0?{do:"start"}:{do:"branch",run:i,frame:a},means:r.moved})},ask(o){n.stop(),n.answered();let i="No answer from\
 the kernel: run the cell again, then start from here.";e=setTimeout(()=>t.change({silence:i}),tr),t.model.send(
{...o,scene:t.now.at.scene})},answered(){clearTimeout(e),t.change({silence:""})}}}var or=t=>({predict(e){t.put(
"prediction",e),t.focus()},decideLater(){t.change({later:!0}),t.focus()},seeEnd:()=>t.put("seen_end",!0),hover:e=>e===
t.view.hovered||t.change({hovered:e}),setPoint(e){t.put("point",e>=0&&e<t.now.N?e:-1),t.change({hovered:-1,erased:new Set})},
setPlane(e,n){let r=[...t.now.plane];r[1-e]===n&&(r[1-e]=r[e]),r[e]=n,t.put("plane",r)},closeUp:()=>t.change({
closeUp:!t.view.closeUp}),nextDigits:()=>t.change({page:(t.view.page+1)%Math.ceil(t.now.N/pt)}),erase:e=>t.change(
{erased:new Set([...t.view.erased,...e])}),restore:()=>t.change({erased:new Set}),redraw:()=>t.draw()}),Re=t=>Object.
assign(t.act,er(t),nr(t),rr(t),or(t));function gt(t,e){return t==null||e==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function ir(t,e){return t==null||e==null?
NaN:e<t?-1:e>t?1:e>=t?0:NaN}function De(t){let e,n,r;t.length!==2?(e=gt,n=(s,u)=>gt(t(s),u),r=(s,u)=>t(s)-u):(e=
t===gt||t===ir?t:ar,n=t,r=t);function o(s,u,c=0,l=s.length){if(c<l){if(e(u,u)!==0)return l;do{let f=c+l>>>1;n(
s[f],u)<0?c=f+1:l=f}while(c<l)}return c}function i(s,u,c=0,l=s.length){if(c<l){if(e(u,u)!==0)return l;do{let f=c+
l>>>1;n(s[f],u)<=0?c=f+1:l=f}while(c<l)}return c}function a(s,u,c=0,l=s.length){let f=o(s,u,c,l-1);return f>c&&
r(s[f-1],u)>-r(s[f],u)?f-1:f}return{left:o,center:a,right:i}}function ar(){return 0}function sr(t){return t===
null?NaN:+t}var qe=De(gt),je=qe.right,ii=qe.left,ai=De(sr).center;var si=ze(Ue),ci=ze(cr);function ze(t){return function(e,n,r=n){if(!((n=+n)>=0))throw new RangeError("invalid \
rx");if(!((r=+r)>=0))throw new RangeError("invalid ry");let{data:o,width:i,height:a}=e;if(!((i=Math.floor(i))>=
0))throw new RangeError("invalid width");if(!((a=Math.floor(a!==void 0?a:o.length/i))>=0))throw new RangeError(
"invalid height");if(!i||!a||!n&&!r)return e;let s=n&&t(n),u=r&&t(r),c=o.slice();return s&&u?(nt(s,c,o,i,a),nt(
s,o,c,i,a),nt(s,c,o,i,a),rt(u,o,c,i,a),rt(u,c,o,i,a),rt(u,o,c,i,a)):s?(nt(s,o,c,i,a),nt(s,c,o,i,a),nt(s,o,c,i,
a)):u&&(rt(u,o,c,i,a),rt(u,c,o,i,a),rt(u,o,c,i,a)),e}}function nt(t,e,n,r,o){for(let i=0,a=r*o;i<a;)t(e,n,i,i+=
r,1)}function rt(t,e,n,r,o){for(let i=0,a=r*o;i<r;++i)t(e,n,i,i+a,r)}function cr(t){let e=Ue(t);return(n,r,o,i,a)=>{
o<<=2,i<<=2,a<<=2,e(n,r,o+0,i+0,a),e(n,r,o+1,i+1,a),e(n,r,o+2,i+2,a),e(n,r,o+3,i+3,a)}}function Ue(t){let e=Math.
floor(t);if(e===t)return ur(t);let n=t-e,r=2*t+1;return(o,i,a,s,u)=>{if(!((s-=u)>=a))return;let c=e*i[a],l=u*e,
f=l+u;for(let m=a,h=a+l;m<h;m+=u)c+=i[Math.min(s,m)];for(let m=a,h=s;m<=h;m+=u)c+=i[Math.min(s,m+l)],o[m]=(c+n*
(i[Math.max(a,m-f)]+i[Math.min(s,m+f)]))/r,c-=i[Math.max(a,m-l)]}}function ur(t){let e=2*t+1;return(n,r,o,i,a)=>{
if(!((i-=a)>=o))return;let s=t*r[o],u=a*t;for(let c=o,l=o+u;c<l;c+=a)s+=r[Math.min(i,c)];for(let c=o,l=i;c<=l;c+=
a)s+=r[Math.min(i,c+u)],n[c]=s/e,s-=r[Math.max(o,c-u)]}}var lr=Array.prototype,ui=lr.slice;var fr=Math.sqrt(50),mr=Math.sqrt(10),dr=Math.sqrt(2);function Ct(t,e,n){let r=(e-t)/Math.max(0,n),o=Math.floor(
Math.log10(r)),i=r/Math.pow(10,o),a=i>=fr?10:i>=mr?5:i>=dr?2:1,s,u,c;return o<0?(c=Math.pow(10,-o)/a,s=Math.round(
t*c),u=Math.round(e*c),s/c<t&&++s,u/c>e&&--u,c=-c):(c=Math.pow(10,o)*a,s=Math.round(t/c),u=Math.round(e/c),s*c<
t&&++s,u*c>e&&--u),u<s&&.5<=n&&n<2?Ct(t,e,n*2):[s,u,c]}function Be(t,e,n){if(e=+e,t=+t,n=+n,!(n>0))return[];if(t===
e)return[t];let r=e<t,[o,i,a]=r?Ct(e,t,n):Ct(t,e,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)
for(let c=0;c<s;++c)u[c]=(i-c)/-a;else for(let c=0;c<s;++c)u[c]=(i-c)*a;else if(a<0)for(let c=0;c<s;++c)u[c]=(o+
c)/-a;else for(let c=0;c<s;++c)u[c]=(o+c)*a;return u}function Tt(t,e,n){return e=+e,t=+t,n=+n,Ct(t,e,n)[2]}function He(t,e,n){
e=+e,t=+t,n=+n;let r=e<t,o=r?Tt(e,t,n):Tt(t,e,n);return(r?-1:1)*(o<0?1/-o:o)}var li=hr(Math.random);function hr(t){return function(n,r=0,o=n.length){let i=o-(r=+r);for(;i;){let a=t()*i--|
0,s=n[i+r];n[i+r]=n[a+r],n[a+r]=s}return n}}var K=(t,e)=>n=>t*(1-n)+e*n;function pr(t,e){switch(arguments.length){case 0:break;case 1:this.range(t);break;default:this.range(e).domain(
t);break}return this}function gr(t){return function(){return t}}function yr(t){return+t}var We=[0,1];function ot(t){return t}function te(t,e){
return(e-=t=+t)?function(n){return(n-t)/e}:gr(isNaN(e)?NaN:.5)}function br(t,e){var n;return t>e&&(n=t,t=e,e=n),
function(r){return Math.max(t,Math.min(e,r))}}function Mr(t,e,n){var r=t[0],o=t[1],i=e[0],a=e[1];return o<r?(r=
te(o,r),i=n(a,i)):(r=te(r,o),i=n(i,a)),function(s){return i(r(s))}}function xr(t,e,n){var r=Math.min(t.length,
e.length)-1,o=new Array(r),i=new Array(r),a=-1;for(t[r]<t[0]&&(t=t.slice().reverse(),e=e.slice().reverse());++a<
r;)o[a]=te(t[a],t[a+1]),i[a]=n(e[a],e[a+1]);return function(s){var u=je(t,s,1,r)-1;return i[u](o[u](s))}}function wr(t,e){
return e.domain(t.domain()).range(t.range()).interpolate(t.interpolate()).clamp(t.clamp()).unknown(t.unknown())}
function kr(){var t=We,e=We,n=K,r,o,i,a=ot,s,u,c;function l(){var m=Math.min(t.length,e.length);return a!==ot&&
(a=br(t[0],t[m-1])),s=m>2?xr:Mr,u=c=null,f}function f(m){return m==null||isNaN(m=+m)?i:(u||(u=s(t.map(r),e,n)))(
r(a(m)))}return f.invert=function(m){return a(o((c||(c=s(e,t.map(r),K)))(m)))},f.domain=function(m){return arguments.
length?(t=Array.from(m,yr),l()):t.slice()},f.range=function(m){return arguments.length?(e=Array.from(m),l()):e.
slice()},f.rangeRound=function(m){return e=Array.from(m),n=K,l()},f.clamp=function(m){return arguments.length?
(a=m?!0:ot,l()):a!==ot},f.interpolate=function(m){return arguments.length?(n=m,l()):n},f.unknown=function(m){return arguments.
length?(i=m,f):i},function(m,h){return r=m,o=h,l()}}function vr(){return kr()(ot,ot)}function $r(t,e,n,r){var o=He(
t,e,n),i;switch(r=dt(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(t),Math.abs(e));return r.precision==null&&
!isNaN(i=Pe(o,a))&&(r.precision=i),Zt(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=
Ie(o,Math.max(Math.abs(t),Math.abs(e))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&
!isNaN(i=Oe(o))&&(r.precision=i-(r.type==="%")*2);break}}return ht(r)}function Er(t){var e=t.domain;return t.ticks=
function(n){var r=e();return Be(r[0],r[r.length-1],n??10)},t.tickFormat=function(n,r){var o=e();return $r(o[0],
o[o.length-1],n??10,r)},t.nice=function(n){n==null&&(n=10);var r=e(),o=0,i=r.length-1,a=r[o],s=r[i],u,c,l=10;for(s<
a&&(c=a,a=s,s=c,c=o,o=i,i=c);l-- >0;){if(c=Tt(a,s,n),c===u)return r[o]=a,r[i]=s,e(r);if(c>0)a=Math.floor(a/c)*
c,s=Math.ceil(s/c)*c;else if(c<0)a=Math.ceil(a*c)/c,s=Math.floor(s*c)/c;else break;u=c}return t},t}function ee(){
var t=vr();return t.copy=function(){return wr(t,ee())},pr.apply(t,arguments),Er(t)}var it=(t,e)=>ee(t,e).unknown(NaN);function Rt(t){let[[e,n],[r,o]]=[t.domain(),t.range()];return(o-r)/(n-e)}function yt(t,e,n=!1){
let[r,o]=t.range(),i=Math.max(2,Math.round(Math.abs(o-r)/e)),a=t.ticks(i).filter(u=>!n||Number.isInteger(u)),s=n?
String:Nr(t,i);return a.map(u=>({value:u,label:s(u)}))}function Nr(t,e){let n=Math.max(...t.domain().map(Math.
abs));if(n>=.001&&n<1e6)return t.tickFormat(e,"f");let r=t.tickFormat(e,"~e");return o=>Fe(r(o))}var Ke=6,bt=t=>Ke*
Math.max(0,...t.map(({label:e})=>e.length));function Mt(t,e,n=!1){let r=yt(t,e,n),[o,i]=t.range(),[a,s]=r.map(
({value:c})=>t(c));return r.length<2||s-a>=bt(r)+Ke||e>i-o?r:Mt(t,2*e,n)}function Dt(t,e,n){let r=1/0,o=-1/0;for(let a=n;a<
t.length;a+=e)t[a]<r&&(r=t[a]),t[a]>o&&(o=t[a]);if(!(r<=o))return[0,1];let i=o>r?.08*(o-r):1;return[r-i,o+i]}function _e(t){
let[e,n]=Dt(t.filter(Number.isFinite),1,0),r=1e-6*Math.max(1,Math.abs(e+n));return n-e>r?[e,n]:[(e+n)/2-1,(e+n)/
2+1]}function qt(t){let e="M",n="";for(let[r,o]of t){let i=Number.isFinite(r)&&Number.isFinite(o);i&&(n+=`${e}${r.
toFixed(1)},${o.toFixed(1)}`),e=i?"L":"M"}return n}var ne=220;function Ve({means:t,covariances:e},[n,r]){return{means:t.map(o=>[v(o?.[n]),v(o?.[r])]),covariances:e.
map(o=>[v(o?.[n]?.[n]),v(o?.[n]?.[r]),v(o?.[r]?.[r])])}}function Sr(t,e,n){let r=(o,i)=>i.map((a,s)=>o[s].every(
Number.isFinite)?Kt(o[s],a,n):a);return{means:r(t.means,e.means),covariances:r(t.covariances,e.covariances)}}function Ar(t,e){
let n=({means:r,covariances:o})=>[...r,...o].flat();return t?.means.length!==e.means.length?!1:n(t).some((r,o)=>!Object.
is(r,n(e)[o]))}function Or(t){let e=null,n=0,r=o=>t(e=o);return{to(o,i){let a=n!==0;if(cancelAnimationFrame(n),
n=0,!i||a||!Ar(e,o))return r(o);let s=e,u=performance.now()-16,c=()=>{let l=S((performance.now()-u)/ne,0,1);n=
l<1?requestAnimationFrame(c):0,r(Sr(s,o,l*(2-l)))};c()},moving:()=>n!==0,stop:()=>cancelAnimationFrame(n)}}function Pr(t,[
e,n],r,o,i){if(!t||!Number.isFinite(e+n))return"";let a=`cx="${e.toFixed(1)}" cy="${n.toFixed(1)}"`,s=`transfo\
rm="rotate(${t.angle.toFixed(1)} ${e.toFixed(1)} ${n.toFixed(1)})"`;return i.map(u=>{let[c,l]=[t.rx,t.ry].map(
m=>Math.max(1.5,u*m).toFixed(1)),f=`em-sigma${u}" ${a} rx="${c}" ry="${l}" ${s} style="--colour:${r}"/>`;return`\
<ellipse class="${o}-casing ${f}<ellipse class="${o} ${f}`}).join("")}function Ir(t,e){let n=t.run.frames.slice(
0,t.at.frame+1).filter(r=>r.half!=="E");return n.length<2?"":t.frame.means.map((r,o)=>{let i=qt(n.map(a=>e(t.plane.
map(s=>v(a.means[o]?.[s])))));return`<path class="em-trail-casing" d="${i}"/><path class="em-trail" d="${i}" s\
tyle="--colour:${W(t,o)}"/>`}).join("")}function Lr(t,e,{X:n,Y:r},o){let i=([l,f])=>[n(l),r(f)],[a,s]=[n,r].map(
Rt),u=({means:l,covariances:f},m,h)=>l.map((b,g)=>Pr(Me(f[g],a,s),i(b),W(t,g),m,h)).join(""),c=t.frame.half===
"M"&&!o?Ve(t.run.frames[t.at.frame-1],t.plane):null;return Ir(t,i)+(c?u(c,"em-ghost",[1]):"")+u(e,"em-ellipse",
[2,1])}function Ge(t,e,n){let r={id:G(),rect:p("rect")},o=p("g",{"aria-hidden":"true","clip-path":`url(#${r.id}\
)`}),i=Or(a=>{o.innerHTML=Lr(t.now,a,e.layout,t.view.moved),n(a,i.moving())});return{nodes:[p("clipPath",{id:r.
id},r.rect),o],stop:i.stop,layOut:({left:a,right:s,bottom:u})=>F(r.rect,{x:a,y:0,width:s-a,height:u}),draw(a,s){
let{moved:u}=t.view,c=Ve(a.frame,a.plane);u&&(c.means=u.map(l=>a.plane.map(f=>v(l[f])))),i.to(c,s&&!u)}}}var L={left:58,right:12,top:10,bottom:30,height:210},_=L.height-L.bottom;function Je({act:t,view:e}){let n=p("\
svg",{class:"em-curves",role:"img"}),r=d("p",{class:"em-numbers"}),o=$("Close-up",()=>t.closeUp()),i=[k("em-ke\
y em-key-ll","log-likelihood"),k("em-key em-key-bound","bound")],a=M("em-panel",M("em-row em-head",...i,o),n,r),
[s,u]=[x(),qr()];return{nodes:[a],draw({scene:c,run:l,at:f}){let m=a.clientWidth;if(!(m>0))return!1;if(Q(o,e.closeUp),
!s(c,l,f.frame,m,e.closeUp))return!0;let h=Tr(c.runs,f);return jr(n,h,u(m,Rr(h.all,h.sofar,e.closeUp))),w(r,Ye(
h.sofar)),n.setAttribute("aria-label",`Log-likelihood by iteration. ${Ye(h.sofar)}`),!0}}}function Fr(t){let e=n=>n?.
parent==null?0:e(t[n.parent])+(n.at??0)/2;return t.map(e)}var Cr=(t,e)=>t.frames.map((n,r)=>({x:e+r/2,half:n.half,
loglik:v(n.loglik),bound:v(n.bound)}));function Tr(t,e){let n=Fr(t),r=t.map((i,a)=>Cr(i,n[a])),o=r.map((i,a)=>({
points:i,name:`${a}: ${t[a].name}`})).toSpliced(e.run,1);return{all:r,others:o,sofar:r[e.run].slice(0,e.frame+
1)}}function Rr(t,e,n){let r=e[e.length-1].x,o=n?e.filter(a=>a.x>=r-2):t.flat(),i=Math.max(...o.map(a=>a.x));return{
x:[n?Math.max(0,r-2.2):0,Math.max(i+.2,1)],y:_e(o.flatMap(a=>[a.loglik,a.bound]))}}function Dr(t,e){let n=it(e.
y,[_,L.top]),r=yt(n,36),o=Math.max(L.left,10+bt(r)),i=it(e.x,[o,t-L.right]);return{X:i,Y:n,up:r,across:Mt(i,42,
!0),left:o,right:t-L.right,width:t,ranges:e}}function qr(){let t=x(),e=null;return(n,r)=>{if(t(n,...r.x,...r.y)){
let o=Dr(n,r);e={...o,axes:zr(o)}}return e}}function jr(t,{sofar:e,others:n},{X:r,Y:o,left:i,right:a,width:s,ranges:u,
axes:c}){let l=(b,g,E)=>p("path",{class:g,d:qt(b.map(O=>[r(O.x),o(O[E])]))}),f=e[e.length-1],m=G(),h={x:i-5,y:0,
width:a-i+10,height:_+5};t.setAttribute("viewBox",`0 0 ${s} ${L.height}`),t.replaceChildren(p("clipPath",{id:m},
p("rect",h)),...c,p("path",{class:"em-here",d:`M${r(f.x)},${L.top}V${_}`}),p("g",{"clip-path":`url(#${m})`},...n.
map(({points:b})=>l(b,"em-other","loglik")),l(e,"em-ll","loglik"),l(e,"em-bound","bound"),Ur(e,r,o),...Br(f,r,
o)),...Hr(n,r,o,u))}function zr({X:t,Y:e,up:n,across:r,left:o,right:i}){return[...n.flatMap(a=>[p("path",{class:"\
em-grid",d:`M${o},${e(a.value)}H${i}`}),C(o-6,e(a.value)+4,"end",a.label)]),...r.map(a=>C(t(a.value),_+15,"mid\
dle",a.label)),C((o+i)/2,L.height-2,"middle","iteration",{class:"em-axis"}),p("path",{class:"em-frame",d:`M${o}\
,${L.top}V${_}H${i}`})]}function Ur(t,e,n){let r=Math.ceil(9/Rt(e)),o={E:"m-2.6,0a2.6,2.6 0 1,0 5.2,0a2.6,2.6 \
0 1,0 -5.2,0z",M:"m0,-3.2l3.2,5.4h-6.4z"},i=a=>t.filter(s=>s.half===a&&Number.isFinite(s.bound)).filter((s,u,c)=>(c.
length-1-u)%r===0&&s.x>=e.domain()[0]).map(s=>`M${e(s.x).toFixed(1)},${n(s.bound).toFixed(1)}${o[a]}`).join("");
return p("path",{class:"em-boundmark",d:i("E")+i("M")})}function Br(t,e,n){let[r,o,i]=[e(t.x),n(t.loglik),n(t.
bound)];if(!Number.isFinite(o))return[];let a=p("circle",{class:"em-lldot",cx:r,cy:o,r:3.6});return!Number.isFinite(
i)||i-o<3?[a]:[p("path",{class:"em-gap",d:`M${r},${o}V${i}`}),a]}function Hr(t,e,n,r){let o=t.map(({points:i,name:a})=>Wr(
i,a,e,n,r)).filter(Boolean);return Ze(o).map(({x:i,y:a,anchor:s,name:u})=>C(i,a,s,u,{class:"em-runname"}))}function Wr(t,e,n,r,{
x:[o,i],y:[a,s]}){let u=t.findLast(m=>Number.isFinite(m.loglik)&&m.x<=i);if(!u||u.x<o||u.loglik<a||u.loglik>s)
return null;let c=r(u.loglik),l=c>_-16?c-6:c+13,f=u.x>(o+i)/2?"end":"start";return{name:e,x:n(u.x),y:l,anchor:f}}
var Qe={width:6.5,height:11},Kr=[0,13,26,-19,-32];function Ze(t){let e=({name:i})=>Qe.width*(i.length+1),n=i=>i.
x-(i.anchor==="end"?e(i):0),r=(i,a)=>Math.abs(i.y-a.y)<Qe.height&&n(i)<n(a)+e(a)&&n(a)<n(i)+e(i),o=({y:i})=>i>=
L.top+5&&i<=_-3;return t.reduce((i,a)=>{let u=Kr.map(c=>({...a,y:a.y+c})).find(c=>o(c)&&!i.some(l=>r(c,l)));return u?
[...i,u]:i},[])}function Ye(t){let{loglik:e,bound:n,half:r}=t[t.length-1],o=`log-likelihood ${N(e,2)}`;if(r===
"start")return`${o}; no bound before the first E-step`;let i=e-n;if(!Number.isFinite(i))return`${o}, bound ${N(
n,2)}`;let s=Math.abs(i)<=1e-6*Math.max(1,Math.abs(e))?"they touch":Math.abs(i)<.01?"nearly touching":`${N(i,2)}\
 apart`;return`${o}, bound ${N(n,2)}: ${s}`}var re={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]},_r=8;function Vr(t,e,n){let r=t.currentTarget,
o=r.ownerSVGElement,i=U(o,t).map((c,l)=>e[l]-c),a=new AbortController,s=c=>l=>l.pointerId===t.pointerId&&c(l),
u=(c,l)=>r.addEventListener(c,s(l),{signal:a.signal});r.setPointerCapture(t.pointerId),u("pointermove",c=>n(U(
o,c).map((l,f)=>l+i[f]))),["pointerup","pointercancel"].forEach(c=>u(c,()=>a.abort()))}function Xe({act:t,view:e},n){
let r=p("g"),o=x(),i=([c,l])=>[n.layout.X(c),n.layout.Y(l)];function a(c,[l,f]){let{X:m,Y:h,width:b,height:g}=n.
layout;t.moveMean(c,[m.invert(S(l,0,b)),h.invert(S(f,0,g))])}function s(c,l){t.mayMove()&&!c.button&&Vr(c,i(n.
means[l]),f=>a(l,f))}function u(c,l){let f=c.shiftKey&&re[c.key];if(c.key==="Enter")t.start();else if(f&&t.mayMove())
a(l,i(n.means[l]).map((m,h)=>m+_r*f[h]));else return;c.preventDefault(),c.stopPropagation()}return{nodes:[r],move:c=>c.
forEach((l,f)=>Yr(r.children[f],i(l))),renew(c){o(c.at.scene,c.K,c.look)&&(r.replaceChildren(...A(c.K,l=>Gr(c,
l,f=>s(f,l),f=>u(f,l)))),[...r.children].forEach(l=>Qr(l,t.mayMove)))},label(c){let l=t.mayMove();(e.moved??c.
frame.means).forEach((f,m)=>Jr(r.children[m],c,f,m,l))}}}var Gr=(t,e,n,r)=>p("g",{class:"em-mean",role:"button",
tabindex:0,onpointerdown:n,onkeydown:r},p("path",{class:"em-halo",d:H(lt(t,e),10)}),p("path",{class:"em-body",
d:H(lt(t,e),8),fill:W(t,e)}),p("text",{x:12,y:-8,"aria-hidden":"true"},e));function Qr(t,e){let n=r=>e()&&r.cancelable&&
r.preventDefault();t.addEventListener("touchstart",n,{passive:!1})}function Yr(t,[e,n]){let r=Number.isFinite(
e+n);t.style.display=r?"":"none",r&&t.setAttribute("transform",`translate(${e.toFixed(1)},${n.toFixed(1)})`)}function Jr(t,e,n,r,o){
let i=e.plane.map(s=>N(v(n?.[s]),2)).join(", "),a=o?": Shift and an arrow key move it, Enter runs EM from ther\
e":"";t.setAttribute("aria-label",`Mean of component ${r} at (${i})${a}`),t.setAttribute("aria-disabled",String(
!o))}function tn([t,e],n,r,o=1){let i=(a,s)=>A(2*o+1,u=>a-o+u).filter(u=>u>=0&&u<s);return i(n,t).flatMap(a=>i(r,e).
map(s=>a*e+s))}function Zr(t,e,n){let r=q(t.bits,e,t.D),o=a=>!n.has(a),i=St(Nt(r,t.frame.weights,t.params,o));
return{bits:r,seen:o,posterior:i,whole:be(r,i,t.params,o)}}function en(t){let{act:e,view:n}=t,r=eo(t),o=d("can\
vas",{role:"img","aria-label":"The digit completed by the components"}),i=$("Restore",()=>e.restore()),a=d("p",
{class:"em-note",role:"status"}),s=$("Erase the lower half",()=>e.erase(Xr(t.now.scene.shape))),u=M("em-panel \
em-eraser",d("figure",{},r.node,d("figcaption",{},"Erase with the pointer")),d("figure",{},o,d("figcaption",{},
"Completed by the components")),M("em-erasing",d("b",{},"What if pixels were missing?"),s,i,a)),c=x();return{nodes:[
u],draw(l){if(u.hidden=l.scene.kind!=="digits",u.hidden||!l.bits||!l.params)return;let{theme:f,erased:m}=n,h=tt(
l);if(!c(l.bits,l.params,l.frame,h,m,f))return;let{bits:b,seen:g,posterior:E,whole:O}=Zr(l,h,m);r.draw(l,h,R=>g(
R)?B(f,b[R]):B(f,.22,f.guess)),Y(o,l.scene.shape,R=>B(f,O[R],g(R)?f.ink:f.guess)),T(i,m.size>0),w(a,to(E,m.size,
l.D))}}}var Xr=([t,e])=>A(t*e,n=>n).filter(n=>n>=Math.ceil(t/2)*e);function to(t,e,n){let r=J(t),o=e?`Without ${e}\
 of ${n} pixels`:"With all pixels";return r<0?"":`${o}: component ${r}, ${N(100*t[r])} %`}function eo({act:t}){
let e=d("canvas",{"aria-hidden":"true"}),n=k("em-cursor"),r=d("div",{class:"em-pad",role:"application",tabindex:0},
e,n),o={size:[28,28],at:[14,14]},i=()=>no(n,o);return ro(r,o,t),oo(r,o,t,i),{node:r,draw(a,s,u){o.size=a.scene.
shape,i(),Y(e,o.size,u),r.setAttribute("aria-label",`Digit ${Z(a,s)}: arrow keys move the eraser, Space erases`)}}}
function no(t,{size:e,at:n}){let[r,o]=n.map((s,u)=>`${100*(s-1)/e[u]}%`),[i,a]=e.map(s=>`${300/s}%`);Object.assign(
t.style,{top:r,left:o,height:i,width:a})}function ro(t,e,n){let r=o=>{let{width:i,height:a}=t.getBoundingClientRect(),
s=u=>{let[c,l]=U(t,u);return[l/a*e.size[0],c/i*e.size[1]].map(Math.floor)};n.erase(o.flatMap(u=>tn(e.size,...e.
at=s(u))))};t.addEventListener("pointerdown",o=>{t.setPointerCapture(o.pointerId),r([o])}),t.addEventListener(
"pointermove",o=>o.buttons&&r(o.getCoalescedEvents?.()??[o]))}function oo(t,e,n,r){t.addEventListener("keydown",
o=>{let i=re[o.key];if(o.key===" ")n.erase(tn(e.size,...e.at));else if(i)e.at=e.at.map((a,s)=>S(a+i[1-s],0,e.size[s]-
1));else return;o.preventDefault(),o.stopPropagation(),r()})}function nn(t){let{model:e,view:n,act:r}=t,o=()=>{let s=t.now?.at;if(n.moved=null,t.draw(),!t.now||!s)return;let u=t.
now.at.scene!==s.scene;u&&Object.assign(n,{hovered:-1,erased:new Set,page:0}),!(!u&&t.now.at.run===s.run)&&(r.
stop(),n.playNext?r.play():t.draw(),n.playNext=!1)},i=["arrays","plane","point","prediction","outcome","seen_e\
nd","ask","look"],a=[["change:at",o],...["scenes","trouble"].map(s=>[`change:${s}`,r.answered]),...i.map(s=>[`\
change:${s}`,t.draw])];return a.forEach(([s,u])=>e.on(s,u)),()=>a.forEach(([s,u])=>e.off(s,u))}function rn({root:t,
retheme:e},n){let r=new ResizeObserver(e);n.forEach(s=>r.observe(s));let o=new MutationObserver(e),i=["data-jp\
-theme-name","data-jp-theme-light","class","style"];[document.documentElement,document.body].forEach(s=>o.observe(
s,{attributes:!0,attributeFilter:i}));let a=window.matchMedia("(prefers-color-scheme: dark)");return a.addEventListener(
"change",e),()=>{r.disconnect(),o.disconnect(),a.removeEventListener("change",e),t.remove()}}var jt=20;function on(t,e,n,r,o){o?ao(t,e,n,r,o):io(t,e,n,r)}function an(t,e,{xs:n,ys:r},o){for(let i=0;i<e.N;i++){
let a=e.resp?.subarray(i*e.K,(i+1)*e.K),s=a?J(a):-1;t.translate(n[i],r[i]),o(i,s,s<0?null:At(a,e.colours,1/Gt)),
t.translate(-n[i],-r[i])}}function io(t,e,n,r){let o=e.N>600?3.1:e.N>200?3.9:4.8,i=Yt(e,o),a=new Path2D(H("o",
.9*o));Object.assign(t,{strokeStyle:r.edge,lineWidth:.9,lineJoin:"round"}),an(t,e,n,(s,u,c)=>{t.fillStyle=c??r.
unknown,u<0&&e.resp||t.fill(i[u]??a),t.stroke(i[u]??a)})}function ao(t,e,n,r,o){let i=e.N>400?16:e.N>150?20:26,
[a,s]=[i/2,i/2+3],u=Yt(e,4.5);Object.assign(t,{strokeStyle:r.edge,lineWidth:.8}),an(t,e,n,(c,l,f)=>{t.fillStyle=
f??r.unknown,t.fillRect(-s,-s,2*s,2*s),t.strokeRect(-s,-s,2*s,2*s),ie(t,o,e.N,c,-a,i),!(l<0)&&(t.translate(a,a),
t.fill(u[l]),t.stroke(u[l]),t.translate(-a,-a))})}function ie(t,e,n,r,o,i){let[a,s]=[e.width/jt,e.height/Math.
ceil(n/jt)],[u,c]=[a,s].map(m=>i*m/Math.max(a,s)),[l,f]=[o+(i-u)/2,o+(i-c)/2];t.drawImage(e,r%jt*a,Math.floor(
r/jt)*s,a,s,l,f,u,c)}var oe=new WeakMap;function zt(t,e){if(!t)return;if(!oe.has(t)){let o={bitmap:null,waiting:new Set},
i=a=>{o.bitmap=a,o.waiting.forEach(s=>s())};createImageBitmap(new Blob([t],{type:"image/png"})).then(i,()=>i(void 0)),
oe.set(t,o)}let{bitmap:n,waiting:r}=oe.get(t);return n===null&&r.add(e),n}function sn({xs:t,ys:e},[n,r],o){let i=-1,
a=o*o;for(let s=0;s<t.length;s++){let u=(t[s]-n)**2+(e[s]-r)**2;u<=a&&([i,a]=[s,u])}return i}var cn=t=>t[0].toUpperCase()+t.slice(1);function un(t,e,n){let{D:r,K:o,points:i,bits:a}=t,[s,u]=n?[t.frame,t.params]:
[t.sourceFrame,t.sourceParams],c=i?ye(q(i,e,r),s):Nt(q(a,e,r),s.weights,u,n),l=St(c),f=n?null:Pt(t,e);return A(
o,m=>({k:m,term:c[m],share:l[m],given:f?.[m]??null}))}function ln({act:t,view:e}){let r=d("input",{type:"numbe\
r",min:0,step:1,onchange:()=>t.setPoint(r.value===""?-1:Math.round(+r.value))}),o=d("b"),i=d("canvas",{class:"\
em-thumbnail","aria-hidden":"true"}),a=d("label",{},"",r),s=d("table",{class:"em-table"}),u=d("p",{class:"em-n\
ote"}),c=M("em-panel em-inspector",M("em-row em-head",i,o,a),s,u),l=x();function f(m,h,b,g){w(o,m),w(u,h);let E=b.
map(O=>O?d("th",{scope:"col"},O):d("td"));s.replaceChildren(d("thead",{},d("tr",{},...E)),d("tbody",{},...g))}
return{nodes:[c],draw(m){let h=e.hovered>=0?e.hovered:tt(m);if(r.max=m.N-1,c.dataset.kind=m.scene.kind,document.
activeElement!==r&&(r.value=h<0?"":h),!l(m.scene,m.frame,m.resp,h,e.erased))return;a.firstChild.data=m.scene.rows?
"Shown no. ":`${cn(X(m))} `,so(i,m,h,t.redraw);let b=m.bits&&e.erased.size?g=>!e.erased.has(g):void 0;f(...h<0?
co(m):uo(m,h,b))}}}function so(t,e,n,r){let o=e.scene.kind==="pictures"&&n>=0?zt(e.tiles,r):null;t.hidden=!o,o&&
ie(Et(t,48,48),o,e.N,n,0,48)}var fn=(t,e)=>d("th",{scope:"row"},ft(t,e),` ${e}`),Ut=(t,e="em-num")=>d("td",{class:e},
t);function co(t){let e=(r,o)=>d("tr",{},fn(t,o),d("td",{},mt(t,o,r)),Ut(N(v(r),3)),Ut(N(v(t.frame.counts[o]),
1)));return["Components",`Choose a ${X(t)} to see what its colour is made of.`,["k","","weight \u03C0","N"],t.
frame.weights.map(e)]}function uo(t,e,n){let r=un(t,e,n),o=Xt(Ht(r.map(c=>c.term))),i=({k:c,term:l,share:f,given:m})=>{
let h=Ut(N(m??f,3));return mn(m,f)&&h.append(k("em-differs",` \u2260 ${N(f,3)}`)),d("tr",{"data-k":c,"data-ter\
m":l,"data-share":f,"data-given":m??""},fn(t,c),Ut(`${Xt(l)} / ${o}`,"em-num em-term"),d("td",{},mt(t,c,m??f)),
h)},a=t.points?"\u03C0 N(x | k) / sum":"\u03C0 p(x | k) / sum",s=n?"posterior":t.resp?"resp.":"share";return[`${cn(
X(t))} ${Z(t,e)}`,lo(t,r,n),["k",a,"",s],r.map(i)]}var mn=(t,e)=>t!==null&&!(Math.abs(t-e)<=.002);function lo(t,e,n){
return n?"Computed from the remaining pixels, with the images of this half-step.":e.some(r=>mn(r.given,r.share))?
"Left of \u2260 is the number that the function gave, right of \u2260 the number that the terms give.":t.resp?
t.frame.half==="E"?"Given by this E-step.":"Given by the E-step before: an M-step changes no responsibility.":
"No responsibilities yet: these are the terms that the first E-step will use."}var dn={ArrowRight:t=>t.step(1),ArrowLeft:t=>t.step(-1),PageDown:t=>t.step(2),PageUp:t=>t.step(-2),Home:t=>t.step(
-1/0),End:t=>t.step(1/0)," ":t=>t.toggle()};function fo(t,e){return t.matches("select, textarea, input:not([ty\
pe=range])")?!0:e===" "&&t.matches("button, summary")}var ae="data-lm-suppress-shortcuts";function hn({root:t,
act:e,view:n}){let r=null;t.addEventListener("focusin",({relatedTarget:i})=>{i&&!t.contains(i)&&(r=i)});let o=()=>{
if(n.moved)return e.putBack();document.activeElement?.blur(),(r?.isConnected?r:t.closest(".jp-Cell"))?.focus({
preventScroll:!0})};t.addEventListener("keydown",i=>{if(!(i.ctrlKey||i.metaKey||i.altKey)){if(i.stopPropagation(),
i.key==="Escape")return o();i.shiftKey||!dn[i.key]||fo(i.target,i.key)||(i.preventDefault(),dn[i.key](e))}})}function pn({
root:t}){let e=({target:n,ctrlKey:r,metaKey:o})=>{t.contains(n)&&t.toggleAttribute(ae,!(r||o))};return window.
addEventListener("keydown",e,!0),()=>window.removeEventListener("keydown",e,!0)}var at={left:46,right:10,top:10,bottom:36},mo=14;function ho({points:t,N:e,D:n,plane:[r,o]},i,a){let[s,u]=[i-at.
right,a-at.bottom],c=it(Dt(t,n,o),[u,at.top]),l=yt(c,72),f=Math.max(at.left,24+bt(l)),m=it(Dt(t,n,r),[f,s]),h=Float32Array.
from({length:e},(g,E)=>m(t[E*n+r])),b=Float32Array.from({length:e},(g,E)=>c(t[E*n+o]));return{X:m,Y:c,xs:h,ys:b,
width:i,height:a,left:f,right:s,bottom:u,up:l,across:Mt(m,80)}}function po(t,{X:e,Y:n,left:r,right:o,bottom:i,
up:a,across:s,height:u},c){let l=(i+at.top)/2,f={class:"em-axis",transform:`rotate(-90 12 ${l})`};t.replaceChildren(
p("path",{class:"em-frame",d:`M${r},${at.top}V${i}H${o}`}),...s.map(m=>C(e(m.value),i+15,"middle",m.label)),...a.
map(m=>C(r-6,n(m.value)+4,"end",m.label)),C((r+o)/2,u-5,"middle",c[0],{class:"em-axis"}),C(12,l,"middle",c[1],
f))}function go(t){let e=p("g",{class:"em-ring"},p("circle"),p("circle"));return{nodes:[e],draw(n,{xs:r,ys:o}){
let i=t.hovered>=0?t.hovered:n.point,a=i>=0&&i<n.N;e.style.display=a?"":"none";let s={r:n.scene.kind==="pictur\
es"?20:9,cx:r[i],cy:o[i]};a&&[...e.children].forEach(u=>F(u,s))}}}var yo=t=>d("div",{class:"em-moved",role:"gr\
oup","aria-label":"Means moved"},k("","Means moved"),$("Run EM from here",()=>t.start(),{class:"em-strong"}),$(
"Put back",()=>t.putBack()));function bo(t,e,n){let r=o=>n.layout?sn(n.layout,U(t,o),mo):-1;t.addEventListener(
"pointermove",o=>e.hover(o.buttons?-1:r(o))),t.addEventListener("pointerleave",()=>e.hover(-1)),t.addEventListener(
"click",o=>o.target.closest(".em-mean")||e.setPoint(r(o)))}function Mo(t){let e=d("canvas",{role:"img"}),n=x();
return{nodes:[e],draw(r,o,i){e.setAttribute("aria-label",wo(r)),n(o,r.resp,t.theme,i,r.look)&&on(Et(e,o.width,
o.height),r,o,t.theme,i)}}}function xo(t,e,n){let r=p("g",{class:"em-axes","aria-hidden":"true"}),o=Xe(t,e),i=Ge(
t,e,(l,f)=>{e.means=l.means,o.move(l.means),n(f)}),a=go(t.view),s=[r,...i.nodes,...a.nodes,...o.nodes],u=p("sv\
g",{class:"em-overlay",role:"group","aria-label":"Means of the components"},...s),c=x();return bo(u,t.act,e),{
nodes:[u],stop:i.stop,layOut(l,f){u.setAttribute("viewBox",`0 0 ${f.width} ${f.height}`),i.layOut(f),po(r,f,l.
plane.map(m=>l.scene.axes[m]??""))},draw(l,f){o.renew(l),c(e.layout,l.frame,t.view.moved,l.look)&&i.draw(l,f),
o.label(l),a.draw(l,e.layout)}}}function gn(t){let{act:e,view:n}=t,r={layout:null,means:[]},o=Mo(n),i=xo(t,r,l=>s.
toggleAttribute("data-moving",l)),a=yo(e),s=M("em-plot",...o.nodes,...i.nodes,a),u=x();function c(l,f,m){return u(
l.points,l.plane.join(),f,m)?(r.layout=ho(l,f,m),i.layOut(l,r.layout),!0):!1}return{nodes:[s],stop:i.stop,draw(l,f){
if(s.hidden=l.scene.kind==="digits",s.hidden||!l.points)return!0;let[m,h]=[s.clientWidth,s.clientHeight];if(!(m>
0&&h>0))return!1;let b=c(l,m,h),g=l.scene.kind==="pictures"?zt(l.tiles,e.redraw):void 0;return g===null?!1:(o.
draw(l,r.layout,g),i.draw(l,f&&!b),s.dataset.half=l.frame.half,a.hidden=!n.moved,!0)}}}function wo(t){let[e,n]=t.
plane.map(r=>t.scene.axes[r]);return`${t.N} ${X(t)}s by ${e} and ${n}, coloured by responsibility. ${t.frame.words}`}function yn({act:t,view:e}){let n=d("legend"),r=M("em-choices"),o=()=>r.querySelector("input:checked")?.value,
i=$("Keep my prediction",()=>o()&&t.predict(o()),{class:"em-strong"}),a=$("Decide later",()=>t.decideLater()),
s=d("fieldset",{class:"em-ask"},n,r,M("em-row",i,a)),u=d("p",{class:"em-after",role:"status"}),c=G(),l=h=>d("i\
nput",{type:"radio",name:c,value:h,onchange:()=>T(i,!0)}),f=x();function m({question:h,choices:b=[]}){w(n,`Bef\
ore you watch: ${h??""}`),r.replaceChildren(...b.map(g=>d("label",{},l(g),` ${g}`))),T(i,!1),i.hidden=!b.length,
w(a,b.length?"Decide later":"Go on")}return{nodes:[s,u],draw(h){f(h.ask)&&m(h.ask),s.hidden=!e.gated,w(u,h.at.
scene===0&&!e.gated?ko(h):""),u.hidden=!u.textContent}}}function ko({ask:t,prediction:e,outcome:n,seenEnd:r}){
let o=e?`You predicted: ${e}. `:"";if(!r||!n)return o;let a=e&&t.choices?.includes(n)?n===e?" As you predicted\
.":" What made the difference?":"";return`${o}What happened: ${n.replace(/\.$/,"")}.${a}`}var bn=({ask:t,prediction:e,
seenEnd:n,at:r,scene:o})=>!!(t.question&&!e&&!n&&r.scene===0&&o.runs[0].frames.length>1),Mn=({at:t,last:e})=>t.
scene===0&&t.run===0&&t.frame===e&&e>0;var xn=t=>vt([$o(t),Eo(),So(t)]);function vo(t){return t?["em-ok","\u2713","holds: "]:t===!1?["em-bad","\u2717",
"broken: "]:["em-open","\xB7","not yet known: "]}function $o({view:t}){let e=d("p",{class:"em-words"}),n=M("em\
-broken"),r=d("div",{"aria-live":"polite","aria-atomic":"true"},e,n),o=d("ul",{class:"em-lights","aria-label":"\
Laws of EM"}),i=({key:s,law:u,ok:c})=>{let[l,f,m]=vo(c);return d("li",{class:l,"data-law":s},d("span",{"aria-h\
idden":"true"},f),k("em-hidden",m),u)},a=x();return{nodes:[r,o],draw({frame:s,run:u,at:c,last:l}){if(r.setAttribute(
"aria-live",t.playing?"off":"polite"),w(e,c.frame===l&&u.end?`${s.words} ${u.end}`:s.words),!a(s))return;o.replaceChildren(
...s.laws.map(i));let f=s.laws.filter(m=>m.ok===!1).map(m=>m.sentence);n.replaceChildren(...f.map(m=>d("p",{},
m)))}}}function Eo(){let t=d("p"),e=d("p"),n=d("code"),o=d("div",{class:"em-error",role:"group","aria-label":"\
Error"},t,e,d("pre",{},n));return{nodes:[o],draw({run:i,at:a,last:s}){let u=a.frame===s?i.error:null;o.hidden=
!u,w(t,u?.sentence??""),w(e,u?.where?`In ${u.where}:`:""),w(n,u?.line?.trim()??"")}}}var No=["Left and Right: \
half a step.","Page Up and Page Down: a whole iteration.","Home and End: start and end.","Space: play.","On a \
mean, Shift and an arrow move it, and Enter runs EM from there.","On the large digit, arrows move the eraser, \
and Space erases.","Escape: back to the notebook."];function So({view:t}){let e=d("p",{class:"em-trouble",role:"\
alert"}),n=d("details",{class:"em-keys"},d("summary",{},"Keys"),d("p",{},No.join(" ")));return{nodes:[e,n],draw(r){
w(e,r.trouble||t.silence),e.hidden=!e.textContent}}}function Ao(t){let e={model:t,view:Te(),act:{},now:null,root:null,draw:()=>{},retheme:()=>{},put(n,r){t.set(n,
r),t.save_changes()},change(n){Object.assign(e.view,n),e.draw()},focus:()=>e.root.focus({preventScroll:!0})};return Re(
e),e}function Oo(t){let e=c=>c.map(l=>l(t)),n=e([he,yn,pe,ge]),r=e([gn,Ce,en]),o=e([Je,ln]),i=xn(t),a=c=>c.flatMap(
l=>l.nodes),s={role:"region","aria-label":"EM explorer",tabindex:0,[ae]:!0};return{root:d("div",{class:"explor\
er",...s},...a(n),M("em-stage",M("em-left",...a(r)),M("em-right",...a(o))),...i.nodes),plot:r[0],parts:[...n,...r,
...o,i]}}function Po(t,{at:e},n,r){return t?.scene!==e.scene||t.run!==e.run||Math.abs(t.frame-e.frame)!==1?!1:
!r&&(!n.playing||n.speed>ne)}function Io(t,e){let n=window.matchMedia("(prefers-reduced-motion: reduce)"),{root:r,
view:o}=t,i=null;return()=>{let a=Qt(c=>t.model.get(c));if(t.now=a,!a||!r.isConnected||!o.theme)return;if(o.gated=
!o.later&&bn(a),Mn(a)&&!o.gated&&!a.seenEnd)return t.act.seeEnd();let s=Po(i,a,o,n.matches);e.map(c=>c.draw(a,
s)).every(c=>c!==!1)&&(i=a.at,Object.assign(r.dataset,{scene:a.at.scene,run:a.at.run,frame:a.at.frame}))}}function Lo(t){
let{root:e,view:n}=t;return()=>{if(!e.isConnected)return;let r=we(e);String(Object.values(r))!==String(Object.
values(n.theme??{}))&&(n.theme=r),t.draw()}}function wn({model:t,el:e}){let n=Ao(t),{root:r,plot:o,parts:i}=Oo(
n);n.root=r,n.draw=Io(n,i),n.retheme=Lo(n),e.append(r);let a=[nn(n),pn(n),rn(n,[r,...o.nodes])];return hn(n),n.
retheme(),()=>{n.act.stop(),o.stop(),a.forEach(s=>s())}}var Ta={render:wn};export{Ze as apart,Ta as default,xe as luminance,Wt as rgb,Qt as situation,un as termRows};
